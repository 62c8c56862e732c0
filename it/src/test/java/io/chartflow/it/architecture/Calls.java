package io.chartflow.it.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;

/** Predicates over calls, whatever the parameters. */
final class Calls {

  private Calls() {}

  /** Calls of a method of this class, or of a class below it, with this name. */
  static DescribedPredicate<JavaMethodCall> to(Class<?> owner, String name) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + name,
        call -> call.getName().equals(name) && call.getTargetOwner().isAssignableTo(owner));
  }

  /** Calls of any method with this name. */
  static DescribedPredicate<JavaMethodCall> named(String name) {
    return DescribedPredicate.describe("." + name, call -> call.getName().equals(name));
  }
}
