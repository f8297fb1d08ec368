package dev.imfexporter.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.imfexporter.watch.fact.Fact;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A fact as a JSON object: {@code written} and {@code fact}, the time and the name, then the fact's
 * own components. The mapping follows the records, so that a new fact needs no code here.
 */
final class FactJson {
  private static final String WRITTEN = "written";
  private static final String FACT = "fact";

  /** Every kind of fact by its name. */
  static final Map<String, Class<? extends Fact>> KINDS = kinds();

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(TimeBounds.module())
          .annotationIntrospector(new LowerCaseEnums())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addHandler(new UnknownFields())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          // A line has what a record is made of, and not what its methods derive from it.
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
          .build();

  static {
    // A file of an older version lacks what has been added since.
    for (Class<?> type : List.of(String.class, List.class, Set.class, Map.class)) {
      JSON.configOverride(type).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    }
  }

  private FactJson() {}

  /** What a line holds. */
  sealed interface Line {
    /**
     * A fact.
     *
     * @param ignored how many of its fields are not known
     */
    record Known(Instant written, Fact fact, int ignored) implements Line {}

    /** A fact that only another version has, or one with a word that only another version has. */
    record Unknown(String what) implements Line {}

    /** A fact of an earlier format that has no successor. */
    record Dropped() implements Line {}

    /** Not a line of a journal, or a damaged one. */
    record Damaged() implements Line {}
  }

  static String write(Instant written, Fact fact) {
    ObjectNode line = JSON.createObjectNode();
    line.set(WRITTEN, JSON.valueToTree(written));
    line.put(FACT, name(fact.getClass()));
    line.setAll((ObjectNode) JSON.valueToTree(fact));
    return line.toString();
  }

  static Line read(String text) {
    try {
      if (!(JSON.readTree(text) instanceof ObjectNode line)) {
        return new Line.Damaged();
      }
      JsonNode written = line.remove(WRITTEN);
      JsonNode name = line.remove(FACT);
      if (written == null || name == null || !name.isTextual()) {
        return new Line.Damaged();
      }
      if (FormerFormat.isDropped(name.textValue())) {
        return new Line.Dropped();
      }
      Class<? extends Fact> kind = KINDS.get(FormerFormat.upgrade(name.textValue(), line));
      if (kind == null) {
        return new Line.Unknown(name.textValue());
      }
      return known(line, kind, JSON.treeToValue(written, Instant.class));
    } catch (InvalidFormatException e) {
      return e.getTargetType() != null && e.getTargetType().isEnum()
          ? new Line.Unknown(String.valueOf(e.getValue()))
          : new Line.Damaged();
    } catch (IOException e) {
      return new Line.Damaged();
    }
  }

  private static Line known(ObjectNode line, Class<? extends Fact> kind, @Nullable Instant written)
      throws IOException {
    if (written == null) {
      return new Line.Damaged();
    }
    AtomicInteger ignored = new AtomicInteger();
    Fact fact = JSON.readerFor(kind).withAttribute(UnknownFields.class, ignored).readValue(line);
    return new Line.Known(written, fact, ignored.get());
  }

  /** The name of {@code EpisodeChanged} is {@code episode_changed}. */
  private static String name(Class<?> kind) {
    return kind.getSimpleName().replaceAll("(?<!^)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Class<? extends Fact>> kinds() {
    Map<String, Class<? extends Fact>> kinds = new TreeMap<>();
    addKinds(Fact.class, kinds);
    return Map.copyOf(kinds);
  }

  private static void addKinds(Class<?> type, Map<String, Class<? extends Fact>> kinds) {
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        addKinds(permitted, kinds);
      }
    } else if (kinds.put(name(type), type.asSubclass(Fact.class)) != null) {
      throw new IllegalStateException("two facts are called " + name(type));
    }
  }

  /** Enum constants by the words that labels and pages use. */
  private static final class LowerCaseEnums extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      for (int i = 0; i < constants.length; i++) {
        names[i] = constants[i].name().toLowerCase(Locale.ROOT);
      }
      return names;
    }
  }

  /** Counts and skips the fields that only a newer version knows. */
  private static final class UnknownFields extends DeserializationProblemHandler {
    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        JsonDeserializer<?> deserializer,
        Object beanOrClass,
        String field)
        throws IOException {
      if (context.getAttribute(UnknownFields.class) instanceof AtomicInteger ignored) {
        ignored.incrementAndGet();
      }
      parser.skipChildren();
      return true;
    }
  }
}
