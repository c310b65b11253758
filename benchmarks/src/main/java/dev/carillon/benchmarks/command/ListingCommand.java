package dev.carillon.benchmarks.command;

import dev.carillon.benchmarks.contacts.ContactsClient;
import dev.carillon.benchmarks.contacts.Importing;
import dev.carillon.benchmarks.contacts.Importing.Imported;
import dev.carillon.benchmarks.contacts.ListingRun;
import dev.carillon.benchmarks.contacts.ListingRun.Pages;
import dev.carillon.benchmarks.contacts.People;
import dev.carillon.benchmarks.contacts.TagIndex;
import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresOptions;
import dev.carillon.benchmarks.postgres.ServerDescription;
import dev.carillon.v1.ListRecipientsRequest;
import java.io.PrintWriter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures pages of a long list of recipients, near its start and far from it.
@Command(
    name = "listing",
    mixinStandardHelpOptions = true,
    description = "Pages of stored recipients, in every order and by tag.")
public final class ListingCommand implements Callable<Integer> {
  private static final double ALLOWED_MILLIS = 50;
  private static final int PAGE = 50;
  private static final List<String> ORDERS =
      List.of("id", "create_time desc", "update_time", "last_name");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PostgresOptions database = new PostgresOptions();
  @Mixin private HouseOptions options = new HouseOptions();
  @Mixin private ContactsOptions node = new ContactsOptions();

  @Option(
      names = "--recipients",
      defaultValue = "1000000",
      description = "That are stored. Default: ${DEFAULT-VALUE}")
  private int recipients;

  @Option(
      names = "--page",
      defaultValue = "10000",
      description = "The far page, of 50 recipients. Default: ${DEFAULT-VALUE}")
  private int far;

  @Option(
      names = "--calls",
      defaultValue = "300",
      description = "Measured of each page, after as many that are not. Default: ${DEFAULT-VALUE}")
  private int calls;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Postgres postgres = database.open();
        Nodes nodes = node.start(postgres, options, recipients)) {
      out.println(ServerDescription.of(postgres));
      String apiKey = new Businesses(postgres).add("Listing " + UUID.randomUUID());
      try (ContactsClient client = ContactsClient.at(nodes.port(0), apiKey)) {
        Imported imported = new Importing(client).run("people", recipients, People::at);
        out.printf(
            "stored %,d recipients in %.1f s%n",
            imported.standing().getCreatedCount(), imported.seconds());
        TagIndex index = new TagIndex(postgres);
        index.analyze();
        ListingRun run = new ListingRun(client, calls);
        boolean fast = true;
        for (String order : ORDERS) {
          ListRecipientsRequest list =
              ListRecipientsRequest.newBuilder().setPageSize(PAGE).setOrderBy(order).build();
          fast &= print(order, 1, run.measure(list, 1), out);
          fast &= print(order, far, run.measure(list, far), out);
        }
        return byTag(run, index, out) && fast ? 0 : 1;
      }
    }
  }

  private boolean byTag(ListingRun run, TagIndex index, PrintWriter out) throws Exception {
    ListRecipientsRequest list =
        ListRecipientsRequest.newBuilder().setPageSize(PAGE).addTags(People.RARE).build();
    long scans = index.scans();
    Pages pages = run.measure(list, 1);
    boolean read = index.isRead(scans);
    boolean fast = print("id, tag " + People.RARE, 1, pages, out);
    index
        .explain(People.RARE, People.at(0).getReference())
        .forEach(line -> out.println("  " + line));
    boolean right = pages.total() == Math.ceilDiv(recipients, People.RARELY);
    out.printf(
        "%,d have the tag, and its index was read for them: %s%n",
        pages.total(), read && right ? "kept" : "MISSED");
    out.flush();
    return read && right && fast;
  }

  private boolean print(String order, int page, Pages pages, PrintWriter out) {
    boolean kept = pages.times().p99() < ALLOWED_MILLIS && pages.rows() > 0;
    out.printf(
        "by %s, page %,d of %,d recipients: %s; required p99 < %.0f ms: %s%n",
        order, page, pages.total(), pages.times(), ALLOWED_MILLIS, kept ? "kept" : "MISSED");
    out.flush();
    return kept;
  }
}
