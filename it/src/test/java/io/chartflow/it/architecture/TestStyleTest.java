package io.chartflow.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.chartflow.it.Repository;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * One way to write tests: JUnit 5, AssertJ, Awaitility, fakes by hand, names that are sentences.
 */
class TestStyleTest {

  private static final JavaClasses TESTS = Repository.testClasses();

  @Test
  void noTestMocks() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mockito..", "org.easymock..", "mockit..")
        .because("a small fake that is written by hand says what it does")
        .check(TESTS);
  }

  @Test
  void noTestIsOfAnOlderJUnit() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.junit", "org.junit.rules..", "org.junit.runner..", "junit..")
        .check(TESTS);
  }

  @Test
  void assertionsAreAssertJs() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(TestStyleTest.class.getName())
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Assertions.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hamcrest..")
        .check(TESTS);
  }

  @Test
  void noTestSleeps() {
    noClasses()
        .should()
        .callMethodWhere(Calls.to(Thread.class, "sleep"))
        .because("Awaitility waits for what is meant")
        .check(TESTS);
  }

  @Test
  void namesOfTestsAreSentences() {
    methods()
        .that()
        .areAnnotatedWith(Test.class)
        .should()
        .haveNameMatching("[a-z]+[A-Z0-9][A-Za-z0-9]*")
        .andShould()
        .haveNameNotMatching("test[A-Z].*")
        .check(TESTS);
  }
}
