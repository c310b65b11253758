package dev.carillon.persistence.codegen;

import dev.carillon.persistence.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/// Writes the jOOQ classes of the schema that the migrations make, on a PostgreSQL that lives for
/// that long. It does nothing when neither migrations nor generator changed.
///
/// Arguments: the directory of the migrations, the directory for the classes, their package.
public final class GenerateJooq {
  // The table stands for its partitions, and Flyway's history is Flyway's.
  private static final String EXCLUDED = "flyway_schema_history|.*_p[0-9]+|.*_default";

  private GenerateJooq() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("wanted: migrations, output directory, package");
    }
    generate(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]);
  }

  private static void generate(Path migrations, Path output, String packageName) throws Exception {
    Stamp stamp = Stamp.of(migrations, output, packageName);
    if (Files.isDirectory(output) && stamp.isCurrent()) {
      return;
    }
    stamp.remove();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary()) {
      migrate(postgres, migrations);
      GenerationTool.generate(configuration(postgres, output, packageName));
    }
    requireClasses(output);
    stamp.write();
  }

  private static void migrate(EmbeddedPostgres postgres, Path migrations) {
    Flyway.configure()
        .dataSource(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password())
        .locations("filesystem:" + migrations)
        .load()
        .migrate();
  }

  private static Configuration configuration(
      EmbeddedPostgres postgres, Path output, String packageName) {
    return new Configuration()
        .withLogging(Logging.WARN)
        .withJdbc(
            new Jdbc()
                .withUrl(postgres.jdbcUrl("postgres"))
                .withUser(postgres.user())
                .withPassword(postgres.password()))
        .withGenerator(
            new Generator()
                .withDatabase(database())
                .withGenerate(generate())
                .withTarget(
                    new Target()
                        .withPackageName(packageName)
                        .withDirectory(output.toString())
                        .withClean(true)));
  }

  private static Database database() {
    return new Database()
        .withName("org.jooq.meta.postgres.PostgresDatabase")
        .withInputSchema("public")
        .withOutputSchemaToDefault(true)
        .withIncludeRoutines(false)
        .withExcludes(EXCLUDED)
        .withForcedTypes(
            new ForcedType()
                .withName("INSTANT")
                .withIncludeTypes("timestamp with time zone|timestamptz(\\([0-6]\\))?"));
  }

  private static Generate generate() {
    return new Generate()
        .withRecords(true)
        .withPojos(false)
        .withDaos(false)
        .withFluentSetters(true)
        .withJavadoc(false)
        .withComments(false)
        .withGeneratedAnnotation(false)
        .withGlobalObjectReferences(true);
  }

  private static void requireClasses(Path output) throws IOException {
    if (!Files.isDirectory(output)) {
      throw new IOException("jOOQ wrote nothing to " + output);
    }
  }
}
