package dev.carillon.domain.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainExceptionTest {
  private static final RejectedEntry ENTRY =
      new RejectedEntry(17, "+263771234567", Reason.INVALID_DESTINATION);

  @Test
  void carriesTheRefusalWithoutAStack() {
    DomainError refusal = new DomainError.RequestIdReused("r-1");
    DomainException thrown = new DomainException(refusal);

    assertThat(thrown.error()).isSameAs(refusal);
    assertThat(thrown).hasMessage("RequestIdReused").hasNoCause();
    assertThat(thrown.getStackTrace()).isEmpty();
  }

  @Test
  void givesNoAddressAway() {
    DomainError refusal = new DomainError.NoValidRecipients(List.of(ENTRY), 1);

    assertThat(new DomainException(refusal).toString()).doesNotContain("263771234567");
    assertThat(refusal.toString()).contains("17", "INVALID_DESTINATION");
    assertThat(refusal.toString()).doesNotContain("263771234567");
  }
}
