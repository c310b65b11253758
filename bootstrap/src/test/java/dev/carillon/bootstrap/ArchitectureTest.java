package dev.carillon.bootstrap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.google.inject.Module;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Keeps the laws of the house that a compiler does not know, over all modules on the class path.
@AnalyzeClasses(packages = "dev.carillon", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String DOMAIN = "dev.carillon.domain..";
  private static final String APPLICATION = "dev.carillon.application..";
  private static final String PORTS = "dev.carillon.application.port..";
  private static final String GRPC = "dev.carillon.grpc..";
  private static final String PERSISTENCE = "dev.carillon.persistence..";
  private static final String PROVIDERS = "dev.carillon.providers..";
  private static final String BOOTSTRAP = "dev.carillon.bootstrap..";
  private static final String GENERATED_API = "dev.carillon.v1..";

  /// The demonstration is a client of the service and speaks its API as any client does.
  private static final String DEMO = "dev.carillon.bootstrap.demo..";

  @ArchTest
  static final ArchRule dependenciesPointInward =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("domain")
          .definedBy(DOMAIN)
          .layer("application")
          .definedBy(APPLICATION)
          .layer("grpc")
          .definedBy(GRPC)
          .layer("persistence")
          .definedBy(PERSISTENCE)
          .layer("providers")
          .definedBy(PROVIDERS)
          .layer("bootstrap")
          .definedBy(BOOTSTRAP)
          .whereLayer("bootstrap")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("grpc")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("persistence")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("providers")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("application")
          .mayOnlyBeAccessedByLayers("grpc", "persistence", "providers", "bootstrap");

  @ArchTest
  static final ArchRule domainKnowsOnlyTheLanguage =
      classes()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(DOMAIN, "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule domainHasNoClockNoRandomAndNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "java.sql..",
                  "java.net.http..",
                  "java.nio.file..",
                  "java.util.random..",
                  "java.util.logging.."))
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.InstantSource")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule applicationAddsOnlyTheDomain =
      classes()
          .that()
          .resideInAPackage(APPLICATION)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(APPLICATION, DOMAIN, "java..", "org.jspecify.."))
          .andShould()
          .onlyDependOnClassesThat(not(resideInAnyPackage("java.sql..", "java.net.http..")));

  @ArchTest
  static final ArchRule applicationTakesItsTimeFromOutside =
      noClasses()
          .that()
          .resideInAPackage(APPLICATION)
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID");

  @ArchTest
  static final ArchRule useCasesAreConcreteAndFinal =
      classes()
          .that()
          .resideInAPackage("dev.carillon.application")
          .and()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .should()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule portsAreInterfacesAndValues =
      classes()
          .that()
          .resideInAPackage(PORTS)
          .and()
          .areTopLevelClasses()
          .and()
          .haveSimpleNameNotEndingWith("package-info")
          .should()
          .beInterfaces()
          .orShould()
          .beRecords();

  @ArchTest
  static final ArchRule generatedApiTypesStayInTheGrpcAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackages(GRPC, GENERATED_API, DEMO, "dev.carillon.benchmarks..")
          .should()
          .dependOnClassesThat(resideInAPackage(GENERATED_API));

  @ArchTest
  static final ArchRule jooqStaysInPersistence =
      noClasses()
          .that()
          .resideOutsideOfPackage(PERSISTENCE)
          .should()
          .dependOnClassesThat(resideInAPackage("org.jooq.."));

  @ArchTest
  static final ArchRule guiceStaysInModulesAndBootstrap =
      noClasses()
          .that()
          .resideOutsideOfPackage(BOOTSTRAP)
          .and(not(belongTo(assignableTo(Module.class))))
          .should()
          .dependOnClassesThat(resideInAPackage("com.google.inject.."));

  @ArchTest
  static final ArchRule guiceModulesAreNamedSo =
      classes()
          .that()
          .areAssignableTo(Module.class)
          .should()
          .haveSimpleNameEndingWith("Module")
          .andShould()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule nothingIsInjectedByAnnotation =
      noClasses()
          .should()
          .dependOnClassesThat(resideInAnyPackage("jakarta.inject..", "javax.inject.."))
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("com.google.inject.Inject");

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      noClasses()
          .that()
          .resideOutsideOfPackages(GENERATED_API, "dev.carillon.persistence.schema..")
          .should()
          .haveNameMatching(".*(Impl|Manager|Helper|Util|Utils|Base)(\\$.*)?");

  @ArchTest
  static final ArchRule nobodyPromisesTheFuture =
      noClasses()
          .that(not(resideInAnyPackage(GENERATED_API, "dev.carillon.persistence.embedded..")))
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.CompletableFuture");
}
