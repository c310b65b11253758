package dev.carillon.providers.templating;

import java.io.Writer;

/// Collects what is written, up to a bound.
final class BoundedText extends Writer {
  private static final int FIRST_ROOM = 256;

  private final int longest;
  private final StringBuilder text;

  BoundedText(int longest) {
    this.longest = longest;
    this.text = new StringBuilder(Math.min(longest, FIRST_ROOM));
  }

  @Override
  public void write(int c) {
    makeRoom(1);
    text.append((char) c);
  }

  @Override
  public void write(char[] buffer, int from, int length) {
    makeRoom(length);
    text.append(buffer, from, length);
  }

  @Override
  public void write(String words) {
    makeRoom(words.length());
    text.append(words);
  }

  @Override
  public void write(String words, int from, int length) {
    makeRoom(length);
    text.append(words, from, from + length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }

  private void makeRoom(int length) {
    if (length > longest - text.length()) {
      throw new Overflow();
    }
  }

  /// It would be longer than the bound. Stackless: it may happen for each of many recipients.
  static final class Overflow extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overflow() {
      super("the text is full", null, false, false);
    }
  }
}
