package dev.carillon.application.port;

/// Keeps by what the key is known that secrets of webhooks are sealed with, so that all nodes use
/// the same. Of the key itself nothing can be learnt from its mark.
public interface WebhookKeyMark {
  /// The mark that is kept: this one when there was none. Of several nodes that begin at once all
  /// are told the same.
  String keep(String mark);

  /// Puts another in its place.
  void replace(String mark);
}
