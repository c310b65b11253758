package dev.carillon.domain.job;

/// Why a job that has not ended hands nothing over now.
public enum WaitReason {
  /// Its recipients are still being uploaded. Its owner's start, or the clock, ends it.
  UPLOAD("its recipients are still being uploaded: StartBulkJob has it sent"),
  /// Its send time lies ahead.
  SEND_TIME("its send_time lies ahead"),
  /// Its owner, or too many failures, paused it. Its owner ends it.
  PAUSED("it is paused: ResumeBulkJob has it go on"),
  /// Everything of its business is stopped. Operators end it.
  BUSINESS_STOPPED("everything of its business is stopped by the operators of this service"),
  /// Nothing at all is handed over from this store. Operators end it.
  DISPATCH_OFF("this service sends nothing until its operators switch dispatch on again"),
  /// No route leads its messages to any carrier. Operators end it.
  NO_ROUTE("no route of this service leads its messages to a carrier"),
  /// Operators switched off the carriers that are left to it, and end it.
  CARRIER_OFF("the carriers that its messages may go by are switched off"),
  /// The carriers that are left to it fail. They are tried again and again.
  CARRIER_UNAVAILABLE("the carriers that its messages may go by fail; they are tried again"),
  /// Nobody who is left may be written to at this hour. The clock ends it.
  SEND_WINDOW("its send_window is closed for all recipients that are left"),
  /// What is left was tried, or found its carrier too busy, and is tried again. The clock ends it.
  RETRY("all messages that are left wait to be tried again"),
  /// As many as its limits allow have gone out. The clock ends it.
  RATE("a rate limit, of the job, its sender or its carrier, lets no more out before"),
  /// Nothing is in its way. A worker that has time for it ends it.
  TURN("it waits for its turn");

  private final String description;

  WaitReason(String description) {
    this.description = description;
  }

  /// The same for people.
  public String description() {
    return description;
  }

  /// Whether the rate measured so far tells when the job will be done all the same, because such
  /// waits are a part of it.
  public boolean keepsPace() {
    return this == RATE || this == TURN;
  }
}
