package dev.carillon.domain.content;

/// How the text of an SMS is coded, which decides how much of it fits into a part of 140 octets.
public enum SmsEncoding {
  /// The GSM 7-bit default alphabet with its extension table (3GPP TS 23.038, 6.2.1); the unit is a
  /// septet.
  GSM_7BIT(160, 153),
  /// 16-bit units, big endian (3GPP TS 23.038, 6.2.3); the unit is a UTF-16 code unit, of which a
  /// character outside the basic plane takes two.
  UCS2(70, 67);

  private final int unitsAlone;
  private final int unitsJoined;

  SmsEncoding(int unitsAlone, int unitsJoined) {
    this.unitsAlone = unitsAlone;
    this.unitsJoined = unitsJoined;
  }

  /// The units that fit into an SMS of one part.
  public int unitsAlone() {
    return unitsAlone;
  }

  /// The units that fit into a part of several: six octets go to the header that joins the parts
  /// (3GPP TS 23.040, 9.2.3.24.1, 8-bit reference).
  public int unitsJoined() {
    return unitsJoined;
  }
}
