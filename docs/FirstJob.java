import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.WatchBulkJobRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;

/// Sends one SMS job and watches it to its end. Arguments: an API key, and where the service
/// listens if that is not 127.0.0.1:9090.
///
///     java --enable-native-access=ALL-UNNAMED -cp bootstrap/target/carillon.jar \
///         docs/FirstJob.java sk_test_... 127.0.0.1:9090
final class FirstJob {
  private FirstJob() {}

  public static void main(String[] arguments) {
    if (arguments.length < 1 || arguments.length > 2) {
      System.err.println(
          "usage: java --enable-native-access=ALL-UNNAMED -cp bootstrap/target/carillon.jar"
              + " docs/FirstJob.java <API key> [<host>:<port>]");
      System.exit(2);
    }
    String address = arguments.length == 2 ? arguments[1] : "127.0.0.1:9090";
    Metadata credential = new Metadata();
    credential.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), arguments[0]);
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(address)
            .usePlaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(credential))
            .build();
    var jobs = BulkJobServiceGrpc.newBlockingStub(channel);

    BulkJob job =
        jobs.createBulkJob(
                CreateBulkJobRequest.newBuilder()
                    .setRequestId("my-first-job") // sent again, it gives the same answer again
                    .setSms(SmsContent.newBuilder().setText("Hello").setSender("DEMO"))
                    .addTo("+12025550100") // will be delivered
                    .addTo("+12025550120") // will be refused
                    .build())
            .getBulkJob();

    jobs.watchBulkJob(WatchBulkJobRequest.newBuilder().setBulkId(job.getBulkId()).build())
        .forEachRemaining(event -> System.out.println(event.getEventCase() + "\n" + event));
    channel.shutdownNow();
  }
}
