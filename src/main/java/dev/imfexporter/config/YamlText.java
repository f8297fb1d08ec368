package dev.imfexporter.config;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes a document as YAML, key by key and without comments. */
final class YamlText {
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private YamlText() {}

  static String of(Node document) {
    StringWriter text = new StringWriter();
    try (YAMLGenerator yaml = YAML.createGenerator(text)) {
      write(document, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("A buffer does no input or output", e);
    }
    return text.toString();
  }

  private static void write(Node node, YAMLGenerator yaml) throws IOException {
    if (node instanceof Node.Mapping mapping) {
      yaml.writeStartObject();
      for (Map.Entry<String, Node.Entry> entry : mapping.entries().entrySet()) {
        yaml.writeFieldName(entry.getKey());
        write(entry.getValue().value(), yaml);
      }
      yaml.writeEndObject();
    } else if (node instanceof Node.Sequence sequence) {
      yaml.writeStartArray();
      for (Node item : sequence.items()) {
        write(item, yaml);
      }
      yaml.writeEndArray();
    } else if (node instanceof Node.Text text) {
      yaml.writeString(text.value());
    } else if (node instanceof Node.Numeric number) {
      yaml.writeNumber(number.value());
    } else if (node instanceof Node.Flag flag) {
      yaml.writeBoolean(flag.value());
    } else {
      yaml.writeNull();
    }
  }
}
