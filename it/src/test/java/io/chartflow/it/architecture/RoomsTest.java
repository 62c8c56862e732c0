package io.chartflow.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.chartflow.it.Repository;
import org.junit.jupiter.api.Test;

/** Arrows between rooms point one way, and each library has its own room. */
class RoomsTest {

  private static final JavaClasses HOUSE = Repository.mainClasses();

  @Test
  void arrowsBetweenModulesPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("model")
        .definedBy("io.chartflow.model..")
        .layer("connect")
        .definedBy("io.chartflow.connect..")
        .layer("jobs")
        .definedBy("io.chartflow.jobs..")
        .layer("ops")
        .definedBy("io.chartflow.ops..")
        .layer("local")
        .definedBy("io.chartflow.local..")
        .whereLayer("local")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("ops")
        .mayOnlyBeAccessedByLayers("local")
        .whereLayer("jobs")
        .mayOnlyBeAccessedByLayers("local")
        .whereLayer("connect")
        .mayOnlyBeAccessedByLayers("jobs", "ops", "local")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("connect", "jobs", "ops", "local")
        .check(HOUSE);
  }

  @Test
  void everyClassLivesInARoomThatIsNamedHere() {
    classes()
        .should()
        .resideInAnyPackage(
            "io.chartflow.model..",
            "io.chartflow.connect..",
            "io.chartflow.jobs..",
            "io.chartflow.ops..",
            "io.chartflow.local..")
        .because("a class outside them would escape the rule of the arrows")
        .check(HOUSE);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("io.chartflow.(*).(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void theModelKnowsOnlyTheJdkAndOneSketch() {
    classes()
        .that()
        .resideInAPackage("io.chartflow.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.chartflow.model..",
            "java..",
            "jdk.incubator.vector..",
            "org.jspecify..",
            "org.apache.datasketches..")
        .because("any JVM can then load an atlas and score with it")
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage("io.chartflow.model..")
        .and()
        .resideOutsideOfPackage("io.chartflow.model.calibration..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.datasketches..")
        .because("its random numbers have no seed, unless it is asked in one way")
        .check(HOUSE);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.datasketches.memory..")
        .because("it refuses every JDK after 21")
        .check(HOUSE);
  }

  @Test
  void flinkStaysInTheJobsAndTheirConnectors() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.chartflow.connect.flink..", "io.chartflow.jobs..", "io.chartflow.local..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..")
        .check(HOUSE);
  }

  @Test
  void kafkaStreamsStaysInTheMonitor() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.chartflow.ops.monitor..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.streams..")
        .check(HOUSE);
  }

  @Test
  void micrometerStaysInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.chartflow.ops.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .because("the rest of the house speaks to a domain interface")
        .check(HOUSE);
  }

  @Test
  void avroStaysInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.chartflow.connect.avro..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.avro..")
        .check(HOUSE);
  }

  @Test
  void theBrokerStaysInTheOneProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.chartflow.local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "kafka..",
            "org.apache.kafka.server..",
            "org.apache.kafka.metadata..",
            "org.apache.kafka.raft..")
        .because("everything else meets a broker through its clients")
        .check(HOUSE);
  }

  @Test
  void configurationLivesInConfigurationPackages() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Config")
        .should()
        .resideInAPackage("..config..")
        .andShould()
        .beRecords()
        .check(HOUSE);
  }
}
