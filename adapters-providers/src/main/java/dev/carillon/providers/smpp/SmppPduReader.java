package dev.carillon.providers.smpp;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jsmpp.PDUReader;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Command;
import org.jsmpp.util.OctetUtil;

/// Reads PDUs for the library, and keeps from it what it would let wait for each other: answers to
/// submit_sm are told at once, and deliver_sm is handed on, so that storing receipts holds no
/// answer up. What is longer than any PDU can be ends the session before it is read.
final class SmppPduReader implements PDUReader {
  /// A message_payload of 64 KiB (SMPP 3.4, 5.3.2.32), and ample room for the rest.
  private static final int LONGEST_PDU = 128 * 1024;

  /// SMPP 3.4, 5.2.23: a message_id without the closing NUL.
  private static final int LONGEST_ID = 64;

  private static final int HEADER = 16;
  private static final int COMMAND_ID = 4;
  private static final int STATUS = 8;
  private static final int SEQUENCE = 12;

  private final Listener listener;
  private final byte[] header = new byte[HEADER];
  private int headerRead;
  private byte[] body = new byte[0];
  private int bodyRead;

  SmppPduReader(Listener listener) {
    this.listener = listener;
  }

  /// The header of the next PDU that is the library's. A time-out in the middle of a PDU loses
  /// nothing: the next call goes on where it stopped.
  @Override
  public Command readPDUHeader(DataInputStream in) throws IOException {
    while (true) {
      readWhole(in);
      byte[] pdu = takeWhole();
      int command = OctetUtil.bytesToInt(pdu, COMMAND_ID);
      int status = OctetUtil.bytesToInt(pdu, STATUS);
      int sequence = OctetUtil.bytesToInt(pdu, SEQUENCE);
      if (!listener.takes(command, status, sequence, pdu)) {
        whole = pdu;
        return command(pdu.length, command, status, sequence);
      }
    }
  }

  private byte[] whole = new byte[0];

  @Override
  public byte[] readPDU(DataInputStream in, Command pduHeader) {
    return whole;
  }

  @Override
  public byte[] readPDU(
      DataInputStream in, int commandLength, int commandId, int commandStatus, int sequence) {
    return whole;
  }

  private void readWhole(DataInputStream in) throws IOException {
    while (headerRead < HEADER) {
      headerRead += read(in, header, headerRead);
      if (headerRead == HEADER) {
        body = new byte[bodyLength()];
        bodyRead = 0;
      }
    }
    while (bodyRead < body.length) {
      bodyRead += read(in, body, bodyRead);
    }
  }

  private int bodyLength() throws IOException {
    int length = OctetUtil.bytesToInt(header, 0);
    if (length < SMPPConstant.PDU_HEADER_LENGTH || length > LONGEST_PDU) {
      headerRead = 0;
      // The library would unbind first, and wait for an answer that nobody can read.
      throw new IOException("a PDU of " + length + " octets");
    }
    return length - HEADER;
  }

  private static int read(DataInputStream in, byte[] into, int from) throws IOException {
    int read = in.read(into, from, into.length - from);
    if (read < 0) {
      throw new EOFException("the other side closed the connection");
    }
    return read;
  }

  private byte[] takeWhole() {
    byte[] pdu = new byte[HEADER + body.length];
    System.arraycopy(header, 0, pdu, 0, HEADER);
    System.arraycopy(body, 0, pdu, HEADER, body.length);
    headerRead = 0;
    body = new byte[0];
    bodyRead = 0;
    return pdu;
  }

  private static Command command(int length, int command, int status, int sequence) {
    Command header = new Command();
    header.setCommandLength(length);
    header.setCommandId(command);
    header.setCommandStatus(status);
    header.setSequenceNumber(sequence);
    return header;
  }

  /// The message_id of an answer; some centres leave out its closing NUL, or all of it.
  static String id(byte[] pdu) {
    int end = HEADER;
    while (end < pdu.length && pdu[end] != 0) {
      end++;
    }
    return new String(pdu, HEADER, end - HEADER, StandardCharsets.ISO_8859_1);
  }

  /// Whether that is what a message_id may be.
  static boolean isReadable(String id) {
    return id.length() <= LONGEST_ID && Ascii.isPrintable(id);
  }

  /// Who is told first.
  interface Listener {
    /// Whether a PDU is taken, so that the library does not see it. Called by the one thread that
    /// reads, which must not be held up.
    boolean takes(int command, int status, int sequence, byte[] pdu);
  }
}
