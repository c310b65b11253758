package dev.carillon.benchmarks.contacts;

import dev.carillon.benchmarks.house.Latencies;
import dev.carillon.v1.ListRecipientsRequest;
import dev.carillon.v1.ListRecipientsResponse;
import java.util.ArrayList;
import java.util.List;

/// Measures pages of a list of recipients, as a client sees them.
public final class ListingRun {
  private static final int WIDE_PAGE = 1_000;

  private final ContactsClient client;
  private final int calls;

  /// @param calls measured of each page, after as many that are not
  public ListingRun(ContactsClient client, int calls) {
    this.client = client;
    this.calls = calls;
  }

  /// The times of one page of the list, read again and again.
  ///
  /// @param page from 1; it is gone to by tokens, in pages as wide as may be
  public Pages measure(ListRecipientsRequest list, int page) {
    ListRecipientsRequest request =
        list.toBuilder().setPageToken(token(list, (long) (page - 1) * list.getPageSize())).build();
    ListRecipientsResponse answer = times(request, new ArrayList<>());
    List<Double> millis = new ArrayList<>();
    times(request, millis);
    return new Pages(Latencies.of(millis), answer.getRecipientsCount(), answer.getTotalSize());
  }

  private ListRecipientsResponse times(ListRecipientsRequest request, List<Double> millis) {
    ListRecipientsResponse answer = ListRecipientsResponse.getDefaultInstance();
    for (int call = 0; call < calls; call++) {
      long start = System.nanoTime();
      answer = client.recipients().listRecipients(request);
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return answer;
  }

  private String token(ListRecipientsRequest list, long before) {
    String token = "";
    for (long left = before; left > 0; left -= WIDE_PAGE) {
      token =
          client
              .recipients()
              .listRecipients(
                  list.toBuilder()
                      .setPageToken(token)
                      .setPageSize((int) Math.min(left, WIDE_PAGE))
                      .build())
              .getNextPageToken();
      if (token.isEmpty()) {
        throw new IllegalArgumentException("the list has no page there");
      }
    }
    return token;
  }

  /// What came of it.
  ///
  /// @param rows of the page
  /// @param total of the list, as it was told
  public record Pages(Latencies times, int rows, long total) {}
}
