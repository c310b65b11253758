package dev.carillon.benchmarks.crash;

import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.providers.simulated.MagicAddresses;
import dev.carillon.providers.simulated.SimulatedScript;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.DuplicatePolicy;
import dev.carillon.v1.EmailContent;
import dev.carillon.v1.Priority;
import dev.carillon.v1.SmsContent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// A job to submit: what is to happen to each of its messages, and a few that cannot be sent.
///
/// @param mail whether it goes by email, else by SMS
/// @param scripts one for each message that can be sent
/// @param invalid entries at the end that cannot
/// @param terms how it is to be sent
record JobPlan(boolean mail, List<SimulatedScript> scripts, int invalid, Terms terms) {
  private static final int FEWEST = 40;
  private static final int MOST = 160;
  private static final int MOST_INVALID = 4;

  /// In so many of a hundred cases a message is simply delivered.
  private static final int ORDINARY_PERCENT = 60;

  /// All that come to an end by themselves.
  private static final List<SimulatedScript> SCRIPTS =
      List.copyOf(EnumSet.complementOf(EnumSet.of(SimulatedScript.THROTTLED)));

  static JobPlan draw(RandomGenerator random) {
    int count = random.nextInt(FEWEST, MOST + 1);
    List<SimulatedScript> scripts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      scripts.add(
          random.nextInt(100) < ORDINARY_PERCENT
              ? SimulatedScript.DELIVERED
              : SCRIPTS.get(random.nextInt(SCRIPTS.size())));
    }
    return new JobPlan(
        random.nextBoolean(),
        List.copyOf(scripts),
        random.nextInt(MOST_INVALID + 1),
        Terms.draw(random));
  }

  /// That of a retry of the messages at these positions.
  JobPlan retryOf(List<Integer> positions) {
    return new JobPlan(mail, positions.stream().map(scripts::get).toList(), 0, terms);
  }

  /// All entries of the submission.
  int size() {
    return scripts.size() + invalid;
  }

  /// The submission.
  ///
  /// @param label what marks the jobs of a round
  CreateBulkJobRequest request(String requestId, String label) {
    CreateBulkJobRequest.Builder request =
        CreateBulkJobRequest.newBuilder()
            .setRequestId(requestId)
            .setDuplicatePolicy(DuplicatePolicy.DUPLICATE_POLICY_KEEP)
            .setPriority(terms.urgent ? Priority.PRIORITY_URGENT : Priority.PRIORITY_NORMAL)
            .setRatePerSecond(terms.perSecond)
            .setUnknownPolicyValue(terms.policyNumber())
            .putLabels(CrashRound.LABEL, label);
    if (mail) {
      request.setEmail(
          EmailContent.newBuilder()
              .setFrom("crash@sim.example")
              .setSubject("Crash test")
              .setText("Hello"));
    } else {
      request.setSms(SmsContent.newBuilder().setText("Hello").setSender("CRASH"));
    }
    for (int position = 0; position < scripts.size(); position++) {
      request.addTo(mail ? mailbox(position) : number(position));
    }
    for (int i = 0; i < invalid; i++) {
      request.addTo("no address");
    }
    return request.build();
  }

  private String mailbox(int position) {
    return "m" + position + "+" + scripts.get(position).tag() + "@shop.example";
  }

  private String number(int position) {
    return String.format(
        Locale.ROOT, "%s%02d", MagicAddresses.BLOCKS.getFirst(), scripts.get(position).code());
  }

  /// @param unknown what is done with what is in doubt
  /// @param perSecond its own limit; 0 for none
  record Terms(UnknownPolicy unknown, int perSecond, boolean urgent) {
    private static final int SLOWEST = 80;
    private static final int FASTEST = 400;

    static Terms draw(RandomGenerator random) {
      UnknownPolicy unknown =
          switch (random.nextInt(8)) {
            case 0, 1, 2 -> UnknownPolicy.RESEND;
            case 3 -> UnknownPolicy.FAIL;
            default -> UnknownPolicy.HOLD;
          };
      int perSecond = random.nextInt(3) == 0 ? random.nextInt(SLOWEST, FASTEST) : 0;
      return new Terms(unknown, perSecond, random.nextInt(4) == 0);
    }

    private int policyNumber() {
      return dev.carillon.v1.UnknownPolicy.valueOf("UNKNOWN_POLICY_" + unknown).getNumber();
    }

    /// For a person.
    String inWords() {
      return unknown + (perSecond > 0 ? " " + perSecond + "/s" : "") + (urgent ? " URGENT" : "");
    }
  }
}
