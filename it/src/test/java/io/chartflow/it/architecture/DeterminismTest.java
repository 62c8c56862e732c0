package io.chartflow.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import io.chartflow.it.Repository;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same state and the same batches give the same bits: nothing in the model may vary by run. */
class DeterminismTest {

  private static final JavaClasses HOUSE = Repository.mainClasses();

  @Test
  void theModelReadsNoClock() {
    model().should().callMethod(System.class, "currentTimeMillis").check(HOUSE);
    model().should().callMethod(System.class, "nanoTime").check(HOUSE);
    model().should().callMethod(Instant.class, "now").check(HOUSE);
    model().should().dependOnClassesThat().areAssignableTo(Clock.class).check(HOUSE);
  }

  @Test
  void theModelDrawsOnlyFromSeeds() {
    model().should().callMethod(Math.class, "random").check(HOUSE);
    model().should().callMethod(StrictMath.class, "random").check(HOUSE);
    model().should().callMethod(UUID.class, "randomUUID").check(HOUSE);
    model().should().callConstructor(Random.class).check(HOUSE);
    model().should().callConstructor(SplittableRandom.class).check(HOUSE);
    model().should().dependOnClassesThat().areAssignableTo(ThreadLocalRandom.class).check(HOUSE);
    model().should().dependOnClassesThat().areAssignableTo(SecureRandom.class).check(HOUSE);
  }

  /** Hash order is stable in some of these and salted by the JVM in others: none is worth it. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        HashMap.class,
        HashSet.class,
        IdentityHashMap.class,
        WeakHashMap.class,
        ConcurrentHashMap.class
      })
  void theModelIteratesInNoHashOrder(Class<?> hashed) {
    model().should().dependOnClassesThat().belongToAnyOf(hashed).check(HOUSE);
  }

  @Test
  void theModelIteratesOverNoSaltedCollection() {
    for (String factory : new String[] {"of", "copyOf", "ofEntries"}) {
      model().should().callMethodWhere(Calls.to(Set.class, factory)).check(HOUSE);
      model().should().callMethodWhere(Calls.to(Map.class, factory)).check(HOUSE);
    }
  }

  @Test
  void theModelLeavesTheOrderOfWorkToNobody() {
    model().should().callMethodWhere(Calls.to(Collection.class, "parallelStream")).check(HOUSE);
    model().should().callMethodWhere(Calls.named("parallel")).check(HOUSE);
    model().should().callMethod(System.class, "identityHashCode", Object.class).check(HOUSE);
  }

  private static GivenClassesConjunction model() {
    return noClasses().that().resideInAPackage("io.chartflow.model..");
  }
}
