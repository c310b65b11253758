package dev.carillon.providers.webhook;

import java.net.UnknownHostException;

/// A name was not looked up, since nobody was free to do it in time. Says nothing about the name.
final class LookupRefusedException extends UnknownHostException {
  private static final long serialVersionUID = 1;

  LookupRefusedException() {
    super("nobody is free to look the name up");
  }
}
