package dev.carillon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.persistence.embedded.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Runs each benchmark at a size that measures nothing: they check what they count themselves, and
/// fail when a message is missing.
@TestInstance(Lifecycle.PER_CLASS)
final class BenchmarksIT {
  private final EmbeddedPostgres postgres =
      EmbeddedPostgres.temporary(Map.of("max_connections", "100"));

  @AfterAll
  void stop() {
    postgres.close();
  }

  @Test
  void theBareProgramDispatchesAllThatItStored() {
    Run run = run("bare", "--messages=2500", "--job=1000", "--window=500,100");
    assertThat(run.code()).isZero();
    assertThat(run.output())
        .contains("dispatch 2,500, chunk 500, window 500")
        .contains("dispatch 2,500, chunk 500, window 100");
  }

  @Test
  void theServiceIsMeasuredThroughItsApi() {
    Run run =
        run(
            "endtoend",
            "--messages=2000",
            "--job=1000",
            "--warm-up=1000",
            "--small-jobs=2",
            "--threads=2");
    assertThat(run.code()).isZero();
    assertThat(run.output())
        .contains("accept   2,000, ONE_TEXT, 2 client threads")
        .contains("accept   2,000, OWN_TEXTS, 2 client threads")
        .contains("dispatch 2,000")
        .contains("from the change to the client");
  }

  @Test
  void bothAreComparedInTheSameRun() {
    Run run =
        run("compare", "--pairs=2", "--warm-up=1", "--messages=1000", "--job=1000", "--window=100");
    assertThat(run.output())
        .contains("round 2 carillon dispatched")
        .containsPattern("median of 2: carillon dispatches [0-9.]+ times as fast as bare");
  }

  @Test
  void aMissingPeerIsLeftOutLoudly() {
    Run run =
        run(
            "compare",
            "--pairs=1",
            "--warm-up=0",
            "--messages=1000",
            "--job=1000",
            "--with-pgboss",
            "--pgboss-directory=nowhere");
    assertThat(run.output()).contains("PG-BOSS IS LEFT OUT").contains("carillon dispatches");
  }

  @Test
  void rowLevelSecurityIsMeasuredBesideItsAbsence() {
    Run run = run("walls", "--pairs=2", "--jobs=4", "--recipients=20", "--reads=20");
    assertThat(run.output())
        .contains("pair 2, without")
        .contains("a read, two tenants in turn: PostgreSQL CPU");
  }

  @Test
  void growthIsMeasuredOverTheSizesOfJobs() {
    Run run = run("growth", "--sizes=500,1000", "--least=1000", "--rounds=1");
    assertThat(run.output()).contains("CPU of a message over all sizes");
  }

  @Test
  void watchersSeeEveryChange() {
    Run run = run("watchers", "--watchers=20", "--jobs=2", "--seconds=2", "--connections=2");
    assertThat(run.code()).isZero();
    assertThat(run.output()).contains("ends read: 20 of 20; told again: 0");
  }

  @Test
  void watchersGoOnAtAnotherNode() {
    Run run =
        run("watchers", "--watchers=20", "--jobs=2", "--seconds=4", "--connections=2", "--kill");
    assertThat(run.code()).isZero();
    assertThat(run.output())
        .contains("ends read: 20 of 20; told again: 0")
        .contains("at the other node");
  }

  @Test
  void slowReadersAreToldOfTheEnd() {
    Run run = run("slow-reader", "--readers=5", "--messages=1000", "--pause=1");
    assertThat(run.code()).isZero();
    assertThat(run.output()).contains("then 5 of them read its end");
  }

  @Test
  void smallJobsAreMeasuredBesideABigOne() {
    Run run =
        run(
            "fairness",
            "--messages=4000",
            "--job=1000",
            "--submissions=5",
            "--every=20",
            "--normal-jobs=2",
            "--normal-size=10");
    assertThat(run.output())
        .contains("the same beside the others")
        .contains("(of 5)")
        .contains("(of 2)")
        .contains("every NORMAL job's end");
  }

  @Test
  void severalNodesTakeEveryMessageOnce() {
    Run run =
        run(
            "nodes",
            "--nodes=1,2",
            "--rounds=1",
            "--messages=4000",
            "--job=1000",
            "--warm-up=1",
            "--heap=256");
    assertThat(run.output())
        .contains("1 nodes")
        .contains("rate of 2 nodes to that of 1")
        .doesNotContain("NOT EXACT");
  }

  @Test
  void twoBuildsAreComparedInPairs() {
    Run run =
        run(
            "builds",
            "--before=..",
            "--after=..",
            "--pairs=2",
            "--messages=1000",
            "--job=1000",
            "--warm-up=1000",
            "--required=0");
    assertThat(run.code()).isZero();
    assertThat(run.output())
        .contains("pair 2: dispatch before")
        .containsPattern("dispatch after / before, median of 2: [0-9.]+ .*: kept");
  }

  @Test
  void importsAreReportedExactly() {
    Run run = run("import", "--rows=3000", "--heap=256");
    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("first: 3,000 rows")
        .contains("2,970 created, 0 updated, 0 unchanged, 30 refused")
        .contains("0 created, 0 updated, 2,970 unchanged, 30 refused");
  }

  @Test
  void pagesAreMeasuredAndTagsAreFoundByTheirIndex() {
    Run run = run("listing", "--recipients=3000", "--page=20", "--calls=5", "--heap=256");
    assertThat(run.output())
        .contains("by last_name, page 20 of 3,000 recipients")
        .contains("on recipient_tags")
        .contains("3 have the tag, and its index was read for them: kept");
  }

  @Test
  void aGroupIsWrittenToAsItWasAtOneMoment() {
    Run run = run("audience", "--recipients=3000", "--heap=256");
    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.output()).contains("each was written to once: kept");
  }

  @Test
  void anUploadGoesOnWhereItsClientDied() {
    Run run = run("upload", "--recipients=20050", "--upload-chunk=100", "--kills=2", "--heap=256");
    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("2 clients killed on the way")
        .contains("exactly 20,050, in order, none twice: kept");
  }

  @Test
  void theSmppCarrierIsMeasuredBesideItsLibrary() {
    StringWriter output = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(output, true),
            "smpp",
            "--pairs=2",
            "--warm-up=0",
            "--messages=1000",
            "--required=0");
    assertThat(code).as(output.toString()).isZero();
    assertThat(output.toString())
        .contains("pair 2: carrier ")
        .containsPattern("carrier / bare, median of 2: [0-9.]+ .*: kept");
  }

  private Run run(String... command) {
    StringWriter output = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add("--jdbc-url=" + postgres.jdbcUrl("postgres"));
    arguments.add("--user=" + postgres.user());
    arguments.add("--password=" + postgres.password());
    int code = Main.run(new PrintWriter(output, true), arguments.toArray(String[]::new));
    return new Run(code, output.toString());
  }

  private record Run(int code, String output) {}
}
