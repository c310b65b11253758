package dev.carillon.persistence;

import dev.carillon.application.Audience;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.RequestedContent;
import dev.carillon.application.RequestedPlan;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.ToldStatuses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Random submissions: texts of one part to ten, numbers of every price and of none, duplicates and
/// what is no number at all.
final class MoneySubmissions {
  private static final int FEW = 12;

  /// Parts by GSM 03.38 and 3GPP TS 23.040: 1, 2 (161 septets), 2 (71 in UCS-2), 2 (81 characters
  /// of two septets), 10.
  private static final List<String> TEXTS =
      List.of("hello", "x".repeat(161), "ж".repeat(71), "€".repeat(81), "y".repeat(1_500));

  private static final List<String> PREFIXES =
      List.of("+2637712", "+2637722", "+2637112", "+2637312", "+2637812");

  private final Random random;

  MoneySubmissions(Random random) {
    this.random = random;
  }

  /// One for listed people, or for those who are uploaded later.
  CreateBulkJob.Command any(Shop shop, boolean uploaded, MoneyCaller caller) {
    Content content = content();
    Audience audience =
        uploaded
            ? new Audience.Uploaded()
            : new Audience.Listed("sms.to", entries(content, 1 + random.nextInt(9)));
    return new CreateBulkJob.Command(
        shop.caller(),
        new UUID(random.nextLong(), random.nextLong()).toString(),
        "",
        new RequestedContent.Given(content, Composition.PLAIN),
        audience,
        "",
        null,
        OptionalLong.empty(),
        "ZW",
        Priority.NORMAL,
        DuplicatePolicy.BY_CONTENT,
        Map.of(),
        random.nextBoolean() ? ToldStatuses.ALL : ToldStatuses.NONE,
        plan(caller),
        maxCost());
  }

  /// Recipients for such a content.
  List<CreateBulkJob.Entry> entries(Content content, int count) {
    return Stream.generate(() -> entry(content)).limit(count).toList();
  }

  private CreateBulkJob.Entry entry(Content content) {
    PersonalContent own =
        random.nextInt(5) == 0
            ? PersonalContent.ofText(TEXTS.get(random.nextInt(TEXTS.size())))
            : PersonalContent.EMPTY;
    return new CreateBulkJob.Entry(address(content), "", own);
  }

  private String address(Content content) {
    int number = 10_000 + random.nextInt(FEW);
    if (random.nextInt(FEW) == 0) {
      return "12";
    }
    return content instanceof EmailContent
        ? "p" + number + "@example.com"
        : PREFIXES.get(random.nextInt(PREFIXES.size())) + number;
  }

  private Content content() {
    return switch (random.nextInt(6)) {
      case 0 -> new WhatsAppContent("hello", null, "");
      case 1 -> new EmailContent("", "", "news", "", "hello", Map.of());
      default -> new SmsContent(TEXTS.get(random.nextInt(TEXTS.size())), "");
    };
  }

  private RequestedPlan plan(MoneyCaller caller) {
    UnknownPolicy[] policies = UnknownPolicy.values();
    return new RequestedPlan(
        null,
        random.nextInt(4) == 0 ? caller.now().plus(Duration.ofHours(2)) : null,
        null,
        0,
        MisfirePolicy.SEND_LATE,
        policies[random.nextInt(policies.length)],
        OptionalInt.empty());
  }

  private @Nullable Money maxCost() {
    return random.nextInt(8) == 0 ? new Money("USD", random.nextInt(400_000)) : null;
  }
}
