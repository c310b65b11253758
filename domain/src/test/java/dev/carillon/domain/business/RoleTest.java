package dev.carillon.domain.business;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
  private static final Scope SCOPE = new Scope(new BusinessId(1), Environment.TEST);

  @Test
  void onlyOperatorsReachBeyondTheirBusiness() {
    for (Permission beyond : EnumSet.of(Permission.BUSINESSES, Permission.OPERATE)) {
      assertThat(Role.having(beyond)).containsExactly(Role.OPERATOR);
    }
  }

  @Test
  void keysAndMoneyAreForAdministrators() {
    for (Permission own :
        EnumSet.of(Permission.KEYS, Permission.BILLING_WRITE, Permission.WEBHOOKS)) {
      assertThat(Role.having(own)).containsExactly(Role.ADMIN_USER, Role.OPERATOR);
    }
  }

  @Test
  void agentsSendWithTheTemplatesThatThereAre() {
    assertThat(Role.AGENT.permissions())
        .contains(Permission.SEND, Permission.TEMPLATES_READ)
        .doesNotContain(Permission.TEMPLATES_WRITE);
    assertThat(Role.USER.permissions()).containsAll(Role.AGENT.permissions());
  }

  @Test
  void somebodyHasEveryPermission() {
    for (Permission permission : Permission.values()) {
      assertThat(Role.having(permission)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void isFoundByItsUserTypeWhateverItsCase(Role role) {
    assertThat(Role.ofUserType(role.userType())).contains(role);
    assertThat(Role.ofUserType(role.userType().toUpperCase(Locale.ROOT))).contains(role);
  }

  @Test
  void isNotFoundByAnotherName() {
    assertThat(Role.ofUserType("ADMIN_USER")).isEmpty();
    assertThat(Role.ofUserType("")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aCallerMayDoWhatItsRoleMay(Role role) {
    Caller caller = new Caller(SCOPE, role, "key_1", "ZW", "USD");

    for (Permission permission : Permission.values()) {
      assertThat(caller.may(permission)).isEqualTo(role.permissions().contains(permission));
    }
  }

  @Test
  void aCallerMayDoNoMoreThanItsRole() {
    Caller reader = new Caller(SCOPE, Role.USER, "key_1", "ZW", "USD", Set.of(Permission.READ));

    assertThat(reader.may(Permission.READ)).isTrue();
    assertThat(reader.may(Permission.SEND)).isFalse();
    assertThatThrownBy(
            () -> new Caller(SCOPE, Role.USER, "key_1", "ZW", "USD", Set.of(Permission.OPERATE)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
