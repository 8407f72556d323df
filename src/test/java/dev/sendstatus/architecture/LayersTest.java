package dev.sendstatus.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Who may know whom: a package knows lower levels only. */
@AnalyzeClasses(packages = "dev.sendstatus", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule aPackageKnowsLowerLevelsOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("event")
            .definedBy("dev.sendstatus.event..")
            .layer("text")
            .definedBy("dev.sendstatus.text..", "dev.sendstatus.outbound..")
            .layer("state")
            .definedBy("dev.sendstatus.state..")
            .layer("catalog")
            .definedBy("dev.sendstatus.catalog..")
            .layer("contracts")
            .definedBy("dev.sendstatus.provider", "dev.sendstatus.store")
            .layer("tables")
            .definedBy("dev.sendstatus.store.jdbc..")
            .layer("dialects")
            .definedBy("dev.sendstatus.store.sqlite..", "dev.sendstatus.store.postgres..")
            .layer("adapters")
            .definedBy("dev.sendstatus.provider.*..")
            // Accepts callbacks and applies them; duties hand it events as well.
            .layer("ingest")
            .definedBy("dev.sendstatus.ingest..")
            .layer("feed")
            .definedBy("dev.sendstatus.feed..")
            .layer("queries")
            .definedBy("dev.sendstatus.query..")
            .layer("duties")
            .definedBy(
                    "dev.sendstatus.sweep..",
                    "dev.sendstatus.alert..",
                    "dev.sendstatus.channel..",
                    "dev.sendstatus.report..",
                    "dev.sendstatus.reconcile..",
                    "dev.sendstatus.webhooks..",
                    "dev.sendstatus.replay..",
                    "dev.sendstatus.relay..",
                    "dev.sendstatus.retention..",
                    "dev.sendstatus.jobs..",
                    "dev.sendstatus.pages.report..")
            .layer("migrate")
            .definedBy("dev.sendstatus.migrate..")
            .layer("register")
            .definedBy("dev.sendstatus.register..")
            .layer("api")
            .definedBy("dev.sendstatus.api..")
            .layer("dashboard")
            .definedBy("dev.sendstatus.dashboard..", "dev.sendstatus.pages.dashboard..")
            .layer("config")
            .definedBy("dev.sendstatus.config..")
            .layer("app")
            .definedBy("dev.sendstatus.app..")
            .layer("cli")
            .definedBy("dev.sendstatus.cli..", "dev.sendstatus")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("app")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("app", "cli")
            .whereLayer("dashboard")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("dashboard", "config", "app", "cli")
            .whereLayer("duties")
            .mayOnlyBeAccessedByLayers("api", "dashboard", "config", "app", "cli")
            .whereLayer("feed")
            .mayOnlyBeAccessedByLayers("duties", "api", "dashboard", "app", "cli")
            .whereLayer("queries")
            .mayOnlyBeAccessedByLayers("duties", "api", "dashboard", "config", "app", "cli")
            .whereLayer("register")
            .mayOnlyBeAccessedByLayers("api", "app", "cli")
            .whereLayer("adapters")
            .mayOnlyBeAccessedByLayers("config", "app", "cli")
            .whereLayer("ingest")
            .mayOnlyBeAccessedByLayers("register", "duties", "api", "dashboard", "config", "app", "cli")
            .whereLayer("dialects")
            .mayOnlyBeAccessedByLayers("config", "app", "cli")
            .whereLayer("migrate")
            .mayOnlyBeAccessedByLayers("app", "cli")
            .whereLayer("tables")
            .mayOnlyBeAccessedByLayers(
                    "dialects",
                    "ingest",
                    "feed",
                    "queries",
                    "duties",
                    "migrate",
                    "register",
                    "api",
                    "dashboard",
                    "app",
                    "cli")
            .whereLayer("contracts")
            .mayOnlyAccessLayers("event", "state", "text")
            .whereLayer("state")
            .mayOnlyAccessLayers("event")
            .whereLayer("catalog")
            .mayOnlyAccessLayers("event")
            .whereLayer("event")
            .mayNotAccessAnyLayer()
            .whereLayer("text")
            .mayNotAccessAnyLayer()
            .because("a package knows lower levels only");

    @ArchTest
    static final ArchRule providersDoNotKnowEachOther = slices().matching("dev.sendstatus.provider.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.sendstatus.provider.rest"));

    @ArchTest
    static final ArchRule dutiesDoNotKnowEachOther = slices().matching(
                    "dev.sendstatus.(sweep|alert|channel|report|register|reconcile|relay|replay|retention|migrate|webhooks|jobs)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.sendstatus.(*)..")
            .should()
            .beFreeOfCycles()
            // Generated from templates, which know their pages as what renders them knows the templates.
            .ignoreDependency(resideInAPackage("dev.sendstatus.pages.."), alwaysTrue());

    @ArchTest
    static final ArchRule onlyTheApiAndTheDashboardKnowTheWebServer = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackages("dev.sendstatus.api..", "dev.sendstatus.dashboard..", "dev.sendstatus.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..");

    @ArchTest
    static final ArchRule onlyTheStoreKnowsJdbc = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage("dev.sendstatus.store.*..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..", "org.postgresql..", "com.zaxxer..", "org.flywaydb..");

    @ArchTest
    static final ArchRule onlyOneClassKnowsWhichDatabaseItIs = ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage("dev.sendstatus.store..")
            .and()
            .haveNameNotMatching("dev\\.sendstatus\\.app\\.Database(\\$.*)?")
            .and()
            // What copies SQLite's file, and says of PostgreSQL that it has its own ways; and what writes a file for
            // sqlite3.
            .haveNameNotMatching("dev\\.sendstatus\\.cli\\.(Backup|Restore)Command")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sendstatus.store.sqlite..", "dev.sendstatus.store.postgres..");

    @ArchTest
    static final ArchRule storesDoNotKnowEachOther = slices().matching("dev.sendstatus.store.(sqlite|postgres)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule adaptersArePure = ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage("dev.sendstatus.provider..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sendstatus.store..",
                    "dev.sendstatus.ingest..",
                    "java.net.http..",
                    "java.time.Clock",
                    "java.sql..");
}
