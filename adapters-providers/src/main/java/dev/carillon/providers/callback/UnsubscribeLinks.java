package dev.carillon.providers.callback;

/// Takes the calls of recipients who follow a link in a message to be written to no more: all below
/// `/unsubscribe`. Verifies, then reads; what it makes of a call is stored by who asked it.
public interface UnsubscribeLinks {
  /// What a call means; its path is the token, after a `/`. Never throws on any input.
  CallbackAnswer answer(CallbackRequest request);
}
