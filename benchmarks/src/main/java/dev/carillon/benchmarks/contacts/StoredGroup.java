package dev.carillon.benchmarks.contacts;

import dev.carillon.v1.AddMembersRequest;
import dev.carillon.v1.CreateRecipientGroupRequest;
import dev.carillon.v1.ListRecipientsRequest;
import dev.carillon.v1.ListRecipientsResponse;
import dev.carillon.v1.Recipient;
import dev.carillon.v1.RecipientGroup;
import dev.carillon.v1.RemoveMembersRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A static group of recipients.
///
/// @param members how many it has at first
/// @param leaving ids of those who will leave it
public record StoredGroup(String id, int members, List<Long> leaving) {
  private static final int PAGE = 1_000;
  private static final int MOST_ADDED = 10_000;
  private static final int TAKEN_OUT = 20;
  private static final int CALLS = 50;

  /// Makes one of all recipients of the business.
  public static StoredGroup ofAll(ContactsClient client) {
    String id =
        client
            .groups()
            .createRecipientGroup(
                CreateRecipientGroupRequest.newBuilder()
                    .setRecipientGroup(
                        RecipientGroup.newBuilder().setName("all " + UUID.randomUUID()))
                    .build())
            .getRecipientGroup()
            .getId();
    List<Long> leaving = new ArrayList<>();
    List<Long> waiting = new ArrayList<>();
    int members = 0;
    String token = "";
    do {
      ListRecipientsResponse page =
          client
              .recipients()
              .listRecipients(
                  ListRecipientsRequest.newBuilder().setPageSize(PAGE).setPageToken(token).build());
      page.getRecipientsList().stream().map(Recipient::getId).forEach(waiting::add);
      members += page.getRecipientsCount();
      token = page.getNextPageToken();
      if (waiting.size() == MOST_ADDED || token.isEmpty()) {
        add(client, id, waiting);
        leaving.addAll(waiting.subList(0, Math.min(waiting.size(), TAKEN_OUT)));
        waiting.clear();
      }
    } while (!token.isEmpty());
    return new StoredGroup(id, members, List.copyOf(leaving));
  }

  private static void add(ContactsClient client, String id, List<Long> recipients) {
    client
        .groups()
        .addMembers(
            AddMembersRequest.newBuilder().setGroupId(id).addAllRecipientIds(recipients).build());
  }

  /// Takes some of those who leave out, a few at a time.
  ///
  /// @param from index of the first of them
  /// @param to index after the last
  List<Removal> takeOut(ContactsClient client, int from, int to) {
    List<Removal> removals = new ArrayList<>();
    int each = Math.max(1, leaving.size() / CALLS);
    for (int next = from; next < to; next += each) {
      long asked = System.nanoTime();
      int removed =
          client
              .groups()
              .removeMembers(
                  RemoveMembersRequest.newBuilder()
                      .setGroupId(id)
                      .addAllRecipientIds(leaving.subList(next, Math.min(to, next + each)))
                      .build())
              .getRemovedCount();
      removals.add(new Removal(asked, removed));
    }
    return removals;
  }
}
