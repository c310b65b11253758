package dev.carillon.application.suppression;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Puts addresses on the caller's list for a channel: nothing is handed over to them any more, not
/// even what was accepted before. Those that are there stay as they are.
public final class AddSuppressions {
  private static final String METHOD = "AddSuppressions";
  private static final String ADDED = "added";
  private static final String UNCHANGED = "unchanged";
  private static final int LONGEST_NOTE = 255;

  private final Idempotency idempotency;
  private final Suppressions suppressions;
  private final AddressReader reader;
  private final InstantSource clock;
  private final Consumer<List<Suppression>> told;

  /// @param told of what is on the list now, after it is stored
  public AddSuppressions(
      Idempotency idempotency,
      Suppressions suppressions,
      Numbering numbering,
      InstantSource clock,
      Consumer<List<Suppression>> told) {
    this.idempotency = idempotency;
    this.suppressions = suppressions;
    this.reader = new AddressReader(numbering);
    this.clock = clock;
    this.told = told;
  }

  /// What came of it. Throws a DomainException: InvalidFields, and then nothing is put on the list;
  /// RequestIdReused.
  public Result handle(Command command) {
    if (command.note().length() > LONGEST_NOTE || command.note().indexOf('\0') >= 0) {
      throw new DomainException(
          new DomainError.InvalidFields(
              List.of(new FieldViolation("note", "must have at most 255 characters and no NUL"))));
    }
    Set<String> addresses =
        reader.all(
            command.addresses().channel(),
            command.addresses().texts(),
            command.addresses().region());
    List<Suppression> added = new ArrayList<>();
    Result result =
        idempotency.once(
            request(command, addresses),
            () -> {
              added.clear();
              added.addAll(suppressions(command, addresses));
              int changed = suppressions.add(added);
              return answer(changed, addresses.size() - changed);
            },
            AddSuppressions::shown);
    if (!added.isEmpty()) {
      told.accept(List.copyOf(added));
    }
    return result;
  }

  private List<Suppression> suppressions(Command command, Set<String> addresses) {
    Instant now = clock.instant();
    return addresses.stream()
        .map(address ->
            new Suppression(
                command.caller().scope(),
                command.addresses().channel(),
                address,
                command.cause(),
                command.note(),
                command.caller().principal(),
                now))
        .toList();
  }

  private static Idempotency.Request request(Command command, Set<String> addresses) {
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        Stream.concat(
                Stream.of(
                    command.addresses().channel().name(), command.cause().name(), command.note()),
                addresses.stream())
            .toArray(String[]::new));
  }

  private static Map<String, String> answer(int added, int unchanged) {
    return Map.of(ADDED, Integer.toString(added), UNCHANGED, Integer.toString(unchanged));
  }

  private static Result shown(Map<String, String> answer) {
    return new Result(
        Integer.parseInt(answer.getOrDefault(ADDED, "0")),
        Integer.parseInt(answer.getOrDefault(UNCHANGED, "0")));
  }

  /// Whom not to write to.
  ///
  /// @param requestId may be empty
  /// @param note for people, at most 255 characters, without personal data; may be empty
  public record Command(
      Caller caller, String requestId, Addresses addresses, SuppressionCause cause, String note) {}

  /// What came of it. An address that was named twice counts once.
  ///
  /// @param added those that were not on the list
  /// @param unchanged those that were
  public record Result(int added, int unchanged) {}
}
