package dev.carillon.providers.smpp;

/// A part of a message on its way.
///
/// @param part its place, from 0
record Parcel(Submission submission, int part) {
  SmppPart content() {
    return submission.parts().get(part);
  }

  boolean isFirst() {
    return part == 0;
  }
}
