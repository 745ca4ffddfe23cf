package io.servicelake;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses MODELS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.servicelake");

  private static final DescribedPredicate<JavaAccess<?>> ASKS_THE_CLOCK =
      new DescribedPredicate<>("ask the clock") {
        @Override
        public boolean test(JavaAccess<?> access) {
          String owner = access.getTargetOwner().getName();
          String method = access.getName();
          return (owner.startsWith("java.time.") && method.equals("now"))
              || owner.equals("java.time.Clock")
              || (owner.equals("java.lang.System")
                  && (method.equals("currentTimeMillis") || method.equals("nanoTime")))
              || (owner.equals("java.util.Date")
                  && method.equals("<init>")
                  && access.getDescription().contains("<init>()"))
              || (owner.equals("org.apache.spark.sql.functions")
                  && (method.equals("current_date")
                      || method.equals("current_timestamp")
                      || method.equals("now")));
        }
      };

  private static final DescribedPredicate<JavaAccess<?>> READS_OR_WRITES =
      new DescribedPredicate<>("read or write a table") {
        @Override
        public boolean test(JavaAccess<?> access) {
          return access.getTargetOwner().getName().startsWith("org.apache.spark.sql.")
              && (access.getName().equals("read")
                  || access.getName().equals("readStream")
                  || access.getName().equals("write")
                  || access.getName().equals("writeTo")
                  || access.getName().equals("writeStream"));
        }
      };

  @Test
  void modelsNeverReadOrWrite() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "org\\.apache\\.spark\\.sql\\.(classic\\.|streaming\\.)?(DataFrameReader|DataFrameWriter|DataStreamReader|DataStreamWriter).*")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.delta..", "org.apache.spark.sql.delta..", "org.apache.kafka..", "org.postgresql..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.sql\\.(DriverManager|Connection|Statement|PreparedStatement)")
        .check(MODELS);
    noClasses().should().accessTargetWhere(READS_OR_WRITES).check(MODELS);
  }

  @Test
  void modelsNeverAskTheClock() {
    noClasses().should().accessTargetWhere(ASKS_THE_CLOCK).check(MODELS);
  }

  @Test
  void contractsOfTheLakeKnowNothingAboveThem() {
    noClasses()
        .that(
            resideInAPackage("io.servicelake.contract..")
                .and(DescribedPredicate.not(resideInAPackage("io.servicelake.contract.serving.."))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.servicelake.kpi..",
            "io.servicelake.transform..",
            "io.servicelake.ml..",
            "io.servicelake.contract.serving..")
        .check(MODELS);
  }

  @Test
  void keyFiguresKnowContractsOnly() {
    noClasses()
        .that()
        .resideInAPackage("io.servicelake.kpi..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.servicelake.transform..", "io.servicelake.ml..")
        .check(MODELS);
  }

  @Test
  void transformsAndModelsStandApart() {
    noClasses()
        .that()
        .resideInAPackage("io.servicelake.ml..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.servicelake.transform..", "io.servicelake.kpi..")
        .check(MODELS);
    noClasses()
        .that()
        .resideInAPackage("io.servicelake.transform..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.servicelake.ml..")
        .check(MODELS);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.servicelake.(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(resideInAPackage("io.servicelake.contract.serving.."), alwaysTrue())
        .check(MODELS);
    slices().matching("io.servicelake.transform.(*)..").should().beFreeOfCycles().check(MODELS);
  }
}
