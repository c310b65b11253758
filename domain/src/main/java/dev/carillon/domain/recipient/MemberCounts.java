package dev.carillon.domain.recipient;

/// How many members a group has, and how many of them can be reached by each channel.
public record MemberCounts(long total, long sms, long whatsapp, long email) {
  /// Nobody.
  public static final MemberCounts NONE = new MemberCounts(0, 0, 0, 0);
}
