package dev.carillon.bootstrap.carriers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/// The same job through a proxy that lets through what fits Meta's published description and
/// nothing else, with one correction: it leaves out `biz_opaque_callback_data`, which Meta's own
/// pages have. Templates are not sent here, because the description refuses even its own examples
/// of them.
@Tag("peers")
class WhatsAppByDescriptionIT extends WhatsAppJobIT {
  private static final String COMMON = "\n    BaseMessageProperties:\n";
  private static final String PROPERTIES = "      properties:\n";
  private static final String LEFT_OUT =
      "        biz_opaque_callback_data: {type: string, maxLength: 512}\n";

  private @Nullable Prism prism;

  @Override
  URI front(URI peer) throws IOException {
    prism = new Prism(corrected(), peer, directory.resolve("prism.log"));
    return prism.uri();
  }

  @AfterEach
  void stopPrism() {
    if (prism != null) {
      prism.close();
    }
  }

  private Path corrected() throws IOException {
    String description = Files.readString(Prism.description("meta_business-messaging_v23.0.yaml"));
    int common = description.indexOf(PROPERTIES, description.indexOf(COMMON)) + PROPERTIES.length();
    return Files.writeString(
        directory.resolve("corrected.yaml"),
        description.substring(0, common) + LEFT_OUT + description.substring(common));
  }
}
