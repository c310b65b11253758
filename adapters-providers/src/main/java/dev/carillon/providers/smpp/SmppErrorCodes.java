package dev.carillon.providers.smpp;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Everything that a centre can answer to submit_sm or to a bind, one line per code with its
/// meaning and what we make of it. Codes and names: SMPP 3.4 issue 1.2, table 5-2 in 5.1.3; from
/// 0x100 on SMPP 5.0, 4.7.6. Lists on the web differ from it here and there; it is what counts.
/// What operators use otherwise (0x45, 0x61, 0xFF and 0x400 to 0x4FF, which the standard leaves to
/// them) is set for each carrier.
public enum SmppErrorCodes {
  RINVMSGLEN(0x01, "message length is invalid", SmppTreatment.CONTENT),
  RINVCMDLEN(0x02, "command length is invalid", SmppTreatment.REFUSED),
  RINVCMDID(0x03, "invalid command id", SmppTreatment.REFUSED),
  RINVBNDSTS(0x04, "incorrect bind status for the command", SmppTreatment.STOP),
  RALYBND(0x05, "already bound", SmppTreatment.STOP),
  RINVPRTFLG(0x06, "invalid priority flag", SmppTreatment.REFUSED),
  RINVREGDLVFLG(0x07, "invalid registered delivery flag", SmppTreatment.REFUSED),
  RSYSERR(0x08, "system error", SmppTreatment.RETRY),
  RINVSRCADR(0x0A, "invalid source address", SmppTreatment.SENDER),
  RINVDSTADR(0x0B, "invalid destination address", SmppTreatment.UNKNOWN_DESTINATION),
  RINVMSGID(0x0C, "message id is invalid", SmppTreatment.REFUSED),
  RBINDFAIL(0x0D, "bind failed", SmppTreatment.STOP),
  RINVPASWD(0x0E, "invalid password", SmppTreatment.STOP),
  RINVSYSID(0x0F, "invalid system id", SmppTreatment.STOP),
  RMSGQFUL(0x14, "message queue full", SmppTreatment.THROTTLED),
  RINVSERTYP(0x15, "invalid service type", SmppTreatment.REFUSED),
  RINVNUMDESTS(0x33, "invalid number of destinations", SmppTreatment.REFUSED),
  RINVDLNAME(0x34, "invalid distribution list name", SmppTreatment.REFUSED),
  RINVDESTFLAG(0x40, "invalid destination flag", SmppTreatment.REFUSED),
  RINVSUBREP(0x42, "invalid submit with replace", SmppTreatment.REFUSED),
  RINVESMCLASS(0x43, "invalid esm_class", SmppTreatment.REFUSED),
  RCNTSUBDL(0x44, "cannot submit to distribution list", SmppTreatment.REFUSED),
  RSUBMITFAIL(0x45, "submit failed", SmppTreatment.REFUSED),
  RINVSRCTON(0x48, "invalid source TON", SmppTreatment.SENDER),
  RINVSRCNPI(0x49, "invalid source NPI", SmppTreatment.SENDER),
  RINVDSTTON(0x50, "invalid destination TON", SmppTreatment.REFUSED),
  RINVDSTNPI(0x51, "invalid destination NPI", SmppTreatment.REFUSED),
  RINVSYSTYP(0x53, "invalid system type", SmppTreatment.STOP),
  RINVREPFLAG(0x54, "invalid replace_if_present flag", SmppTreatment.REFUSED),
  RINVNUMMSGS(0x55, "invalid number of messages", SmppTreatment.REFUSED),
  RTHROTTLED(0x58, "throttling limits exceeded", SmppTreatment.THROTTLED),
  RINVSCHED(0x61, "invalid scheduled delivery time", SmppTreatment.REFUSED),
  RINVEXPIRY(0x62, "invalid validity period", SmppTreatment.REFUSED),
  RINVDFTMSGID(0x63, "predefined message not found", SmppTreatment.REFUSED),
  RX_T_APPN(0x64, "temporary error of the receiver", SmppTreatment.RETRY),
  RX_P_APPN(0x65, "permanent error of the receiver", SmppTreatment.REFUSED),
  RX_R_APPN(0x66, "rejected by the receiver", SmppTreatment.REFUSED),
  RQUERYFAIL(0x67, "query failed", SmppTreatment.REFUSED),
  RINVOPTPARSTREAM(0xC0, "error in the optional part of the PDU", SmppTreatment.REFUSED),
  ROPTPARNOTALLWD(0xC1, "optional parameter not allowed", SmppTreatment.REFUSED),
  RINVPARLEN(0xC2, "invalid parameter length", SmppTreatment.REFUSED),
  RMISSINGOPTPARAM(0xC3, "expected optional parameter missing", SmppTreatment.REFUSED),
  RINVOPTPARAMVAL(0xC4, "invalid optional parameter value", SmppTreatment.REFUSED),
  RDELIVERYFAILURE(0xFE, "delivery failure", SmppTreatment.REFUSED),
  RUNKNOWNERR(0xFF, "unknown error", SmppTreatment.REFUSED),
  RSERTYPUNAUTH(0x100, "not authorised for the service type", SmppTreatment.ACCOUNT),
  RPROHIBITED(0x101, "prohibited from the operation", SmppTreatment.ACCOUNT),
  RSERTYPUNAVAIL(0x102, "service type unavailable", SmppTreatment.RETRY),
  RSERTYPDENIED(0x103, "service type denied", SmppTreatment.ACCOUNT),
  RINVDCS(0x104, "invalid data coding scheme", SmppTreatment.CONTENT),
  /// Any other code.
  OTHER(-1, "a code of the operator's own", SmppTreatment.REFUSED);

  private static final Map<Integer, SmppErrorCodes> BY_CODE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(SmppErrorCodes::code, Function.identity()));

  private final int code;
  private final String meaning;
  private final SmppTreatment treatment;

  SmppErrorCodes(int code, String meaning, SmppTreatment treatment) {
    this.code = code;
    this.meaning = meaning;
    this.treatment = treatment;
  }

  /// The command_status.
  public int code() {
    return code;
  }

  /// What it means, for people.
  public String meaning() {
    return meaning;
  }

  /// What is made of it, unless the carrier's settings say otherwise.
  public SmppTreatment treatment() {
    return treatment;
  }

  /// The line of a command_status.
  public static SmppErrorCodes of(int status) {
    return BY_CODE.getOrDefault(status, OTHER);
  }

  /// A command_status and its words, such as `0x0B invalid destination address`.
  static String detail(int status) {
    return "0x%02X %s".formatted(status, of(status).meaning());
  }
}
