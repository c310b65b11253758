package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// CVE-2023-44487, rapid reset: a client that opens and resets calls without end is cut off, one
/// that cancels what it has is not.
final class ResetIT {
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_HEADERS = 4;
  private static final int CANCEL = 8;
  private static final int FLOOD = 20_000;

  @AutoClose private final House house = House.open();

  @Test
  void cutsAConnectionThatOpensAndResetsCallsWithoutEnd() throws IOException {
    boolean cut = false;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.port)) {
      socket.setSoTimeout(20_000);
      try {
        flood(new DataOutputStream(new BufferedOutputStream(socket.getOutputStream())));
      } catch (IOException broken) {
        cut = true;
      }
      cut = cut || readsToTheEnd(socket);
    }

    assertThat(cut).isTrue();
    assertThat(house.jobs().listBulkJobs(ListBulkJobsRequest.getDefaultInstance())).isNotNull();
  }

  @Test
  void bearsAClientThatCancelsAThousandStreamsAtOnce() {
    String id = house.newJob();
    ManagedChannel channel = house.channel();
    BulkJobServiceGrpc.BulkJobServiceStub stub =
        House.asCaller(BulkJobServiceGrpc.newStub(channel));
    List<Reader<WatchBulkJobResponse>> readers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      readers.add(
          Reader.eager(stub::watchBulkJob, WatchBulkJobRequest.newBuilder().setBulkId(id).build()));
    }
    Await.until("all watch", () -> house.hub.watchers() == 1_000);

    readers.forEach(Reader::cancel);

    Await.until("nobody watches", () -> house.hub.watchers() == 0);
    assertThat(channel.getState(false)).isEqualTo(ConnectivityState.READY);
    assertThat(
            House.asCaller(BulkJobServiceGrpc.newBlockingStub(channel))
                .listBulkJobs(ListBulkJobsRequest.getDefaultInstance())
                .getTotalSize())
        .isEqualTo(1);
  }

  private static boolean readsToTheEnd(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes().length > 0;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static void flood(DataOutputStream out) throws IOException {
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(out, SETTINGS, 0, 0, new byte[0]);
    byte[] headers = headers();
    for (int i = 0; i < FLOOD; i++) {
      int stream = 2 * i + 1;
      frame(out, HEADERS, END_HEADERS, stream, headers);
      frame(out, RST_STREAM, 0, stream, new byte[] {0, 0, 0, CANCEL});
    }
    out.flush();
  }

  /// RFC 9113, 4.1.
  private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  private static byte[] headers() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    literal(out, ":method", "POST");
    literal(out, ":scheme", "http");
    literal(out, ":path", "/carillon.v1.BulkJobService/GetBulkJob");
    literal(out, ":authority", "localhost");
    literal(out, "content-type", "application/grpc");
    literal(out, "te", "trailers");
    literal(out, "x-api-key", House.KEY);
    return out.toByteArray();
  }

  /// RFC 7541, 6.2.2: a literal field without indexing and with a new name, no Huffman code.
  private static void literal(ByteArrayOutputStream out, String name, String value) {
    out.write(0);
    out.write(name.length());
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    out.write(value.length());
    out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }
}
