package dev.carillon.providers.callback;

/// Takes the calls of one carrier: verifies, then reads. Touches nothing else: what it makes of a
/// call is stored by who asked it.
public interface Callbacks {
  /// What a call means. Never throws on any input.
  CallbackAnswer answer(CallbackRequest request);
}
