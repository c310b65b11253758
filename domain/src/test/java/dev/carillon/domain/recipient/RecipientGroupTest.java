package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientGroupTest {
  private static final String ID = "550e8400-e29b-41d4-a716-446655440000";
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = CREATED.plusSeconds(60);
  private static final TagExpression VIP = TagExpression.of("vip");

  @Test
  void isDynamicWhenItHasATagExpression() {
    assertThat(group(new GroupDetails("a", "", null)).isDynamic()).isFalse();
    assertThat(group(new GroupDetails("a", "", VIP)).isDynamic()).isTrue();
  }

  @Test
  void growsAVersionWithEachChange() {
    RecipientGroup group = group(new GroupDetails("a", "", null));

    RecipientGroup changed = group.with(new GroupDetails("b", "x", null), LATER);

    assertThat(changed)
        .isEqualTo(
            new RecipientGroup(
                group.id(), group.publicId(), new GroupDetails("b", "x", null), 4, CREATED, LATER));
  }

  @Test
  void staysStaticOrDynamic() {
    GroupDetails fixed = new GroupDetails("a", "", null);
    GroupDetails dynamic = new GroupDetails("a", "", VIP);

    assertThatThrownBy(() -> group(fixed).with(dynamic, LATER))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> group(dynamic).with(fixed, LATER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cannotBeMadeOfDetailsInViolation() {
    assertThatThrownBy(() -> group(new GroupDetails(" ", "", null)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blanksAroundTextsAreRemoved() {
    assertThat(new GroupDetails(" VIPs\n", "\ta\nb ", null))
        .isEqualTo(new GroupDetails("VIPs", "a\nb", null));
  }

  @Test
  void tellsEverythingThatIsWrong() {
    assertThat(new GroupDetails("", "a\0b", null).violations())
        .containsExactly(
            new RecipientViolation("name", "is required and must not be blank"),
            new RecipientViolation("description", "must not contain the NUL character"));
    assertThat(new GroupDetails("a\nb" + "ü".repeat(98), "ü".repeat(1_001), null).violations())
        .containsExactly(
            new RecipientViolation(
                "name", "must not contain line breaks or other control characters"),
            new RecipientViolation("name", "must not be longer than 100 characters"),
            new RecipientViolation("description", "must not be longer than 1000 characters"));
    assertThat(new GroupDetails("𝄞".repeat(100), "𝄞\n".repeat(500), null).violations()).isEmpty();
  }

  @Test
  void readsAndWritesItsId() {
    PublicGroupId id = new PublicGroupId(UUID.fromString(ID));

    assertThat(PublicGroupId.parse(ID)).contains(id);
    assertThat(PublicGroupId.parse("550E8400-E29B-41D4-A716-446655440000")).contains(id);
    assertThat(id).hasToString(ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "42", "1-1-1-1-1", "550e8400-e29b-41d4-a716-44665544000g"})
  void readsNoOtherId(String text) {
    assertThat(PublicGroupId.parse(text)).isEmpty();
  }

  private static RecipientGroup group(GroupDetails details) {
    return new RecipientGroup(
        new GroupId(7), new PublicGroupId(UUID.fromString(ID)), details, 3, CREATED, CREATED);
  }
}
