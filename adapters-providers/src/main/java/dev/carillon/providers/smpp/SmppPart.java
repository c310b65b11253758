package dev.carillon.providers.smpp;

import org.jsmpp.bean.OptionalParameter;

/// What of a message goes into one submit_sm.
///
/// @param esmClass 0x40 where the octets begin with a user data header (SMPP 3.4, 5.2.12)
/// @param dataCoding SMPP 3.4, 5.2.19
/// @param octets of short_message, at most 254
/// @param tlvs besides
@SuppressWarnings("ArrayRecordComponent") // never compared
record SmppPart(byte esmClass, byte dataCoding, byte[] octets, OptionalParameter[] tlvs) {
  @Override
  public String toString() {
    return "SmppPart[" + octets.length + " octets, " + tlvs.length + " TLVs]";
  }
}
