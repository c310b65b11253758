package dev.carillon.application;

import dev.carillon.application.port.Templating;
import dev.carillon.application.port.Templating.Escaping;
import dev.carillon.application.port.Templating.Form;
import dev.carillon.application.port.Templating.Reading;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.error.FieldViolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The common content of a job, read once and filled for each of its recipients. Immutable, and
/// used by many threads at a time: what is judged at acceptance and what is handed over are the
/// same words.
public final class Wording {
  /// UTF-16 units of a filled text; more than any carrier takes of an SMS or a WhatsApp message.
  private static final int LONGEST_TEXT = 1 << 16;

  /// The same for the bodies of a mail.
  private static final int LONGEST_BODY = 1 << 22;

  private final Content common;
  private final Map<String, String> defaults;
  private final @Nullable Form text;
  private final @Nullable Form subject;
  private final @Nullable Form html;
  private final List<Parameter> parameters;
  private final Set<String> names;

  private Wording(Content common, Composition composition, FormReader reader) {
    this.common = common;
    this.defaults = composition.defaults();
    this.text =
        switch (common) {
          case SmsContent sms -> reader.line("sms.text", sms.text());
          case WhatsAppContent whatsApp -> reader.line("whatsapp.text", whatsApp.text());
          case EmailContent email -> reader.body("email.text", email.text(), Escaping.NONE);
        };
    boolean isEmail = common instanceof EmailContent;
    this.subject = isEmail ? reader.line("email.subject", ((EmailContent) common).subject()) : null;
    this.html =
        isEmail ? reader.body("email.html", ((EmailContent) common).html(), Escaping.HTML) : null;
    this.parameters = reader.parameters(common);
    this.names = Set.copyOf(reader.names);
  }

  /// The wording of a content that was checked.
  ///
  /// @throws IllegalStateException if a text of it is a malformed template
  public static Wording of(Content common, Composition composition, Templating templating) {
    FormReader reader = new FormReader(templating, composition);
    Wording wording = new Wording(common, composition, reader);
    if (!reader.malformed.isEmpty()) {
      throw new IllegalStateException("a content was not checked: " + reader.malformed);
    }
    return wording;
  }

  /// Every text of a content that is a malformed template, with the line and what is wrong there.
  static List<FieldViolation> malformed(
      Content common, Composition composition, Templating templating) {
    FormReader reader = new FormReader(templating, composition);
    var _ = new Wording(common, composition, reader);
    return List.copyOf(reader.malformed);
  }

  /// The channel that it is made for.
  Channel channel() {
    return common.channel();
  }

  /// The names of all variables that may be asked for; empty when the content is no template.
  public Set<String> names() {
    return names;
  }

  /// What a recipient gets. Words of one's own take the place of common ones and are said as they
  /// are; common ones are filled by the variables of one's own, else by the defaults.
  public Rendering render(PersonalContent own) {
    if (names.isEmpty() && !hasForms()) {
      return new Rendering.Complete(own.isEmpty() ? common : common.with(own));
    }
    Filling filling = new Filling(own.variables(), defaults);
    PersonalContent words =
        new PersonalContent(
            filling.words(own.text(), text),
            filling.words(own.subject(), subject),
            filling.words(own.html(), html),
            own.parameters().isEmpty() ? filled(filling) : own.parameters());
    Rendering failure = filling.failure;
    return failure == null ? new Rendering.Complete(common.with(words)) : failure;
  }

  /// What is to be stored of an entry so that it can be rendered again: no variable that is not
  /// asked for.
  public PersonalContent stored(PersonalContent own) {
    if (own.variables().isEmpty() || names.containsAll(own.variables().keySet())) {
      return own;
    }
    Map<String, String> used = new HashMap<>(own.variables());
    used.keySet().retainAll(names);
    return own.with(used);
  }

  private boolean hasForms() {
    return text != null
        || subject != null
        || html != null
        || parameters.stream().anyMatch(parameter -> parameter.form() != null);
  }

  private List<String> filled(Filling filling) {
    List<String> filled = new ArrayList<>(parameters.size());
    for (Parameter parameter : parameters) {
      String value = filling.words(null, parameter.form());
      filled.add(value == null ? parameter.literal() : value);
    }
    return filled;
  }

  @Override
  public String toString() {
    return "Wording[" + common.channel() + ", " + names.size() + " variables]";
  }

  /// A parameter of a WhatsApp template.
  ///
  /// @param form null when the parameter is sent as it is
  private record Parameter(String literal, @Nullable Form form) {}

  /// Reads the texts of a content, and notes what of them cannot be read.
  private static final class FormReader {
    private final Templating templating;
    private final Composition composition;
    private final List<FieldViolation> malformed = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    FormReader(Templating templating, Composition composition) {
      this.templating = templating;
      this.composition = composition;
    }

    @Nullable Form line(String field, String text) {
      return read(field, text, Escaping.NONE, LONGEST_TEXT);
    }

    @Nullable Form body(String field, String text, Escaping escaping) {
      return read(field, text, escaping, LONGEST_BODY);
    }

    List<Parameter> parameters(Content common) {
      WhatsAppTemplate template =
          common instanceof WhatsAppContent whatsApp ? whatsApp.template() : null;
      List<Parameter> read = new ArrayList<>();
      if (template != null) {
        for (int i = 0; i < template.parameters().size(); i++) {
          String parameter = template.parameters().get(i);
          read.add(
              new Parameter(parameter, line("whatsapp.template.parameters[" + i + "]", parameter)));
        }
      }
      return List.copyOf(read);
    }

    private @Nullable Form read(String field, String text, Escaping escaping, int longest) {
      if (!composition.syntax().isTemplate(text)) {
        return null;
      }
      return switch (templating.read(text, escaping, longest)) {
        case Reading.Ready(Form form) -> {
          names.addAll(form.names());
          yield form;
        }
        case Reading.Malformed(int line, String description) -> {
          malformed.add(new FieldViolation(field, "line " + line + ": " + description));
          yield null;
        }
      };
    }
  }

  /// Fills the texts of a content for one recipient, up to the first that cannot be filled.
  private static final class Filling {
    private final Map<String, String> own;
    private final Map<String, String> defaults;
    private @Nullable Rendering failure;

    Filling(Map<String, String> own, Map<String, String> defaults) {
      this.own = own;
      this.defaults = defaults;
    }

    /// One's own words, else the common ones filled; null when those are sent as they are.
    @Nullable String words(@Nullable String ownWords, @Nullable Form form) {
      if (ownWords != null || form == null || failure != null) {
        return ownWords;
      }
      return switch (form.fill(this::value)) {
        case Templating.Filled.Text(String text) -> text;
        case Templating.Filled.Missing(String variable) -> fail(new Rendering.Missing(variable));
        case Templating.Filled.TooLong() -> fail(new Rendering.TooLong());
      };
    }

    private @Nullable String fail(Rendering reason) {
      failure = reason;
      return null;
    }

    private @Nullable String value(String name) {
      String given = own.get(name);
      return given == null ? defaults.get(name) : given;
    }
  }
}
