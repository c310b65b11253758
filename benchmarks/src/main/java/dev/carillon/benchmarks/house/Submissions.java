package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.Numbers;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.PersonalContent;
import dev.carillon.v1.SmsContent;

/// Makes the requests that are sent, so that making them is not measured.
public enum Submissions {
  /// A list of numbers and one text for all.
  ONE_TEXT {
    @Override
    public CreateBulkJobRequest of(int recipients) {
      CreateBulkJobRequest.Builder request = request("Your parcel will come today.");
      for (int n = 0; n < recipients; n++) {
        request.addTo(Numbers.at(n));
      }
      return request.build();
    }
  },
  /// Entries with a text of their own each.
  OWN_TEXTS {
    @Override
    public CreateBulkJobRequest of(int recipients) {
      CreateBulkJobRequest.Builder request = request("");
      for (int n = 0; n < recipients; n++) {
        PersonalContent own =
            PersonalContent.newBuilder()
                .setText("Your parcel no. " + n + " will come today at " + n % 12 + " o'clock.")
                .build();
        request.addEntries(BulkJobEntry.newBuilder().setTo(Numbers.at(n)).setContent(own));
      }
      return request.build();
    }
  };

  /// A job with that many recipients, all of them good.
  public abstract CreateBulkJobRequest of(int recipients);

  private static CreateBulkJobRequest.Builder request(String text) {
    return CreateBulkJobRequest.newBuilder()
        .setSms(SmsContent.newBuilder().setSender("PARCELS").setText(text))
        .setDefaultRegion("ZW");
  }
}
