package dev.carillon.providers.smpp;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How messages are written for a centre.
///
/// @param alphabet of texts that fit the GSM 7-bit alphabet; all others go as UCS-2
/// @param longForm of messages that do not fit into one PDU
/// @param validity how long the centre may try at most; what is left until the job's deadline when
///   that is less
/// @param validityForm how that is said
/// @param serviceType at most 5 characters; may be empty
/// @param priority 0 to 3
/// @param sender of messages that name none, at most 20 characters; empty for the centre's choice
/// @param destinationPlus whether the destination keeps its plus sign
public record SmppWording(
    Alphabet alphabet,
    LongForm longForm,
    Duration validity,
    ValidityForm validityForm,
    String serviceType,
    int priority,
    String sender,
    Numbering source,
    Numbering destination,
    boolean destinationPlus) {

  /// GSM, 8-bit references, 48 h, relative.
  public static final SmppWording DEFAULT =
      new SmppWording(
          Alphabet.GSM,
          LongForm.UDH8,
          Duration.ofDays(2),
          ValidityForm.RELATIVE,
          "",
          0,
          "",
          Numbering.BY_SENDER,
          Numbering.INTERNATIONAL,
          false);

  /// The longest that a relative period can say in days alone; longer ones would have to count in
  /// months, of which nobody knows the length.
  static final Duration LONGEST_VALIDITY = Duration.ofDays(30);

  private static final int LONGEST_SERVICE_TYPE = 5;
  private static final int MOST_PRIORITY = 3;

  /// The same with another alphabet.
  public SmppWording withAlphabet(Alphabet value) {
    return new SmppWording(
        value,
        longForm,
        validity,
        validityForm,
        serviceType,
        priority,
        sender,
        source,
        destination,
        destinationPlus);
  }

  /// The same with another form of long messages.
  public SmppWording withLongForm(LongForm value) {
    return new SmppWording(
        alphabet,
        value,
        validity,
        validityForm,
        serviceType,
        priority,
        sender,
        source,
        destination,
        destinationPlus);
  }

  /// The same with another way to say how long to try.
  public SmppWording withValidity(Duration value, ValidityForm form) {
    return new SmppWording(
        alphabet,
        longForm,
        value,
        form,
        serviceType,
        priority,
        sender,
        source,
        destination,
        destinationPlus);
  }

  /// The same with another sender of messages that name none.
  public SmppWording withSender(String value) {
    return new SmppWording(
        alphabet,
        longForm,
        validity,
        validityForm,
        serviceType,
        priority,
        value,
        source,
        destination,
        destinationPlus);
  }

  void check(List<String> problems) {
    SmppConfig.require(
        serviceType.length() <= LONGEST_SERVICE_TYPE && Ascii.isPrintable(serviceType),
        problems,
        "service-type must have at most 5 printable ASCII characters");
    SmppConfig.require(
        priority >= 0 && priority <= MOST_PRIORITY, problems, "priority must be 0 to 3");
    SmppConfig.require(
        sender.length() <= SmppAddresses.LONGEST && Ascii.isPrintable(sender),
        problems,
        "sender must have at most 20 printable ASCII characters");
    SmppConfig.require(
        validity.compareTo(Duration.ofMinutes(1)) >= 0 && validity.compareTo(LONGEST_VALIDITY) <= 0,
        problems,
        "validity must be 1 minute to 30 days");
    source.check("source", problems);
    destination.check("destination", problems);
  }

  /// What a centre reads texts as that are not UCS-2.
  public enum Alphabet {
    /// The GSM 7-bit default alphabet, one septet in each octet; data_coding 0.
    GSM,
    /// ISO 8859-1 as the centre's default alphabet; data_coding 0.
    LATIN1_AS_DEFAULT,
    /// ISO 8859-1; data_coding 3.
    LATIN1
  }

  /// How long messages go.
  public enum LongForm {
    /// In parts that are joined by a user data header with an 8-bit reference (3GPP TS 23.040,
    /// 9.2.3.24.1).
    UDH8,
    /// The same with a 16-bit reference (9.2.3.24.8), which takes one character more of each part.
    UDH16,
    /// Whole, in the TLV message_payload; the centre cuts it.
    PAYLOAD,
    /// In parts that are joined by the TLVs sar_msg_ref_num, sar_total_segments and
    /// sar_segment_seqnum.
    SAR
  }

  /// How it is said how long the centre may try.
  public enum ValidityForm {
    /// As a time from now (SMPP 3.4, 7.1.1), which asks nothing of the clocks.
    RELATIVE,
    /// As a moment in UTC.
    ABSOLUTE,
    /// Not at all: the centre's own choice.
    NONE
  }

  /// Type of number and numbering plan (SMPP 3.4, 5.2.5 and 5.2.6).
  ///
  /// @param ton 0 to 6, or [#FITTING]
  /// @param npi 0, 1, 3, 4, 6, 8, 9, 10, 14, 18, or [#FITTING]
  public record Numbering(int ton, int npi) {
    /// What fits the address: a name is alphanumeric, a short code network specific, all else
    /// international.
    public static final int FITTING = -1;

    /// As the address is.
    public static final Numbering BY_SENDER = new Numbering(FITTING, FITTING);

    /// International, by the plan of E.164.
    public static final Numbering INTERNATIONAL = new Numbering(1, 1);

    private static final int MOST_TON = 6;
    private static final Set<Integer> NPIS = Set.of(FITTING, 0, 1, 3, 4, 6, 8, 9, 10, 14, 18);

    private void check(String name, List<String> problems) {
      SmppConfig.require(
          ton >= FITTING && ton <= MOST_TON, problems, name + "-ton must be -1 to " + MOST_TON);
      SmppConfig.require(
          NPIS.contains(npi),
          problems,
          name + "-npi must be -1, 0, 1, 3, 4, 6, 8, 9, 10, 14 or 18");
    }
  }
}
