package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.People;
import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.Audiences.Pick;
import dev.carillon.application.port.Audiences.Selection;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.TagExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What everybody who reads audiences promises.
public abstract class AudiencesContract extends StoreContract {
  /// The audiences of the store that [#ports()] shows.
  protected abstract Audiences audiences();

  /// Its groups.
  protected abstract RecipientGroupRepository groups();

  /// Its recipients.
  protected abstract RecipientRepository recipients();

  @Test
  void readsAGroupPageByPageInTheOrderOfItsMembersNumbers() {
    List<Recipient> members = new ArrayList<>();
    for (int n = 0; n < 25; n++) {
      members.add(people(scope()).withPhone(n));
    }
    String group = people(scope()).group(members.reversed().toArray(Recipient[]::new));

    List<List<Pick>> pages = read(scope(), new Selection.Group(group), 10);

    assertThat(pages).extracting(List::size).containsExactly(10, 10, 5);
    assertThat(known(pages)).isEqualTo(members);
  }

  @Test
  void readsIdsInTheirOrderAndSaysWhichAreNobody() {
    Recipient one = people(scope()).withPhone(1);
    Recipient two = people(scope()).withPhone(2);
    Recipient strange = people(testScope()).withPhone(3);
    RecipientId nobody = new RecipientId(Long.MAX_VALUE);

    assertThat(
            read(
                    scope(),
                    new Selection.Ids(List.of(two.id(), nobody, strange.id(), one.id(), two.id())),
                    2)
                .stream()
                .flatMap(List::stream))
        .containsExactly(
            new Pick.Known(two),
            new Pick.Unknown(nobody),
            new Pick.Unknown(strange.id()),
            new Pick.Known(one),
            new Pick.Known(two));
  }

  @Test
  void readsWhoseTagsFitByExpressionAndByDynamicGroup() {
    Recipient vip = people(scope()).withPhone(1, "vip");
    people(scope()).withPhone(2, "vip", "trial");
    people(testScope()).withPhone(3, "vip");
    String expression = "vip AND NOT trial";
    String group = people(scope()).dynamicGroup(expression);

    assertThat(known(read(scope(), new Selection.Tags(TagExpression.of(expression)), 10)))
        .containsExactly(vip);
    assertThat(known(read(scope(), new Selection.Group(group), 10))).containsExactly(vip);
  }

  @Test
  void keepsToWhatItReadWhenTheGroupChangesMeanwhile() {
    String group =
        people(scope()).group(people(scope()).withPhone(1), people(scope()).withPhone(2));
    Recipient late = people(scope()).withPhone(3);
    List<Pick> read = new ArrayList<>();

    ports()
        .transactions()
        .inTransaction(() -> {
          audiences()
              .read(
                  scope(),
                  new Selection.Group(group),
                  1,
                  page -> {
                    if (read.isEmpty()) {
                      people(scope()).add(group, late);
                    }
                    read.addAll(page);
                  });
          return read;
        });

    assertThat(read).hasSize(2);
    assertThat(known(read(scope(), new Selection.Group(group), 10))).hasSize(3);
  }

  @Test
  void tellsWhichAddressesAGroupHas() {
    String group =
        people(scope())
            .group(people(scope()).withPhone(1), people(scope()).withMailbox("a@example.com"));
    List<String> asked = List.of(People.phone(1), People.phone(2), "a@example.com");

    assertThat(audiences().ofGroup(scope(), Channel.SMS, group, asked))
        .containsExactly(People.phone(1));
    assertThat(audiences().ofGroup(scope(), Channel.EMAIL, group, asked))
        .containsExactly("a@example.com");
    assertThat(audiences().ofGroup(scope(), Channel.WHATSAPP, group, asked)).isEmpty();
  }

  @Test
  void knowsNoGroupOfAnotherScope() {
    String group = people(testScope()).group();

    for (String id : List.of(group, UUID.randomUUID().toString(), "none")) {
      assertThatThrownBy(() -> read(scope(), new Selection.Group(id), 10))
          .isInstanceOf(DomainException.class);
      assertThatThrownBy(() -> audiences().ofGroup(scope(), Channel.SMS, id, List.of("+1")))
          .isInstanceOf(DomainException.class);
    }
  }

  private List<List<Pick>> read(Scope scope, Selection selection, int pageSize) {
    return ports()
        .transactions()
        .inTransaction(() -> {
          List<List<Pick>> pages = new ArrayList<>();
          audiences().read(scope, selection, pageSize, page -> pages.add(List.copyOf(page)));
          return pages;
        });
  }

  private static List<Recipient> known(List<List<Pick>> pages) {
    return pages.stream()
        .flatMap(List::stream)
        .map(pick -> ((Pick.Known) pick).recipient())
        .toList();
  }

  private People people(Scope owner) {
    return new People(ports().transactions(), recipients(), groups(), owner);
  }
}
