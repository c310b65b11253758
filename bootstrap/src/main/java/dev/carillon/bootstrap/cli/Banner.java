package dev.carillon.bootstrap.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// What a person sees when the service serves: where it is, and lines to paste.
///
/// @param version of this program
/// @param address host and port
/// @param tls whether clients speak TLS
/// @param database where the data are, without secrets
/// @param keys those that were made now
/// @param start from the start of the process to the first answer
record Banner(
    String version, String address, boolean tls, String database, Keys keys, Duration start) {
  private static final String ONCE = "(shown this once: it is stored only as a hash)";
  private static final String CREATE =
      """
      {"request_id": "first-1", "sms": {"text": "Hello from Carillon", "sender": "DEMO"}, \
      "to": ["+12025550100", "+12025550102", "+12025550110", "+12025550120", "0771234567", "12"], \
      "default_region": "ZW"}\
      """;

  void print(PrintStream out) {
    out.printf("%nCarillon %s serves at %s%s%n", version, address, tls ? " (TLS)" : "");
    line(out, "database", database);
    line(out, "environment", "TEST: outcomes are scripted, nothing leaves the house");
    printKeys(out);
    line(
        out,
        "started in",
        String.format(Locale.ROOT, "%.2f s, to the first answer", start.toMillis() / 1000.0));
    out.printf("%nA first job, to addresses that script their outcome; with grpcurl:%n%n");
    grpcurl(out);
    out.printf("%nor with buf curl (npm install @bufbuild/buf):%n%n");
    buf(out);
    out.printf("%nCtrl-C drains and stops it.%n%n");
    out.flush();
  }

  private void printKeys(PrintStream out) {
    String test = keys.test();
    line(
        out,
        "test key",
        test.isEmpty() ? "as before; a new one: ./carillon serve --new-key" : test);
    if (!test.isEmpty()) {
      line(out, "", ONCE);
    }
    if (!keys.operator().isEmpty()) {
      line(out, "operator key", keys.operator());
      line(out, "", ONCE);
    }
  }

  private void grpcurl(PrintStream out) {
    String call =
        "  grpcurl " + (tls ? "-insecure" : "-plaintext") + " -H 'x-api-key: %s' -d '%s' %s %s%n";
    String bulkId = "{\"bulk_id\": \"<bulk_id>\"}";
    out.printf(call, shownKey(), CREATE, address, "carillon.v1.BulkJobService/CreateBulkJob");
    out.printf(call, shownKey(), bulkId, address, "carillon.v1.BulkJobService/WatchBulkJob");
    out.printf(call, shownKey(), bulkId, address, "carillon.v1.MessageService/ListMessages");
  }

  private void buf(PrintStream out) {
    String call =
        "  npx buf curl --protocol grpc "
            + (tls ? "--insecure" : "--http2-prior-knowledge")
            + " -H 'x-api-key: %s' -d '%s' %s/%s%n";
    String url = (tls ? "https://" : "http://") + address;
    String bulkId = "{\"bulk_id\": \"<bulk_id>\"}";
    out.printf(call, shownKey(), CREATE, url, "carillon.v1.BulkJobService/CreateBulkJob");
    out.printf(call, shownKey(), bulkId, url, "carillon.v1.BulkJobService/WatchBulkJob");
    out.printf(call, shownKey(), bulkId, url, "carillon.v1.MessageService/ListMessages");
  }

  private String shownKey() {
    return keys.test().isEmpty() ? "<test key>" : keys.test();
  }

  private static void line(PrintStream out, String name, String value) {
    out.printf("  %-12s %s%n", name, value);
  }

  /// Fresh keys, each empty when none was made.
  ///
  /// @param test for trying things
  /// @param operator for AdminService
  record Keys(String test, String operator) {
    @Override
    public String toString() {
      return "Keys[***]";
    }
  }
}
