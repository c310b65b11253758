package dev.carillon.domain.billing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobBillingTest {

  @Test
  void countsPartsEvenWhenTheyAreFree() {
    Money nothing = Money.zero("USD");

    assertThat(JobBilling.free("USD", 7)).isEqualTo(new JobBilling(nothing, nothing, nothing, 7));
  }
}
