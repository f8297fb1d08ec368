package dev.imfexporter.config;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.representer.Representer;

/** A good configuration as YAML for people: that of one file as it is, that of several as one. */
final class ShownConfig {
  private ShownConfig() {}

  /**
   * Without comments.
   *
   * @param texts of the files, which together are a good configuration
   */
  static String of(List<String> texts) {
    return texts.size() == 1 ? YamlDocument.withoutComments(texts.get(0)) : merged(texts);
  }

  /** Each section has the entries of all files, in their order. */
  private static String merged(List<String> texts) {
    List<MappingNode> documents = texts.stream().flatMap(text -> document(text).stream()).toList();
    Map<String, NodeTuple> sections = new LinkedHashMap<>();
    Map<String, List<NodeTuple>> entries = new LinkedHashMap<>();
    for (MappingNode document : documents) {
      for (NodeTuple section : document.getValue()) {
        if (section.getValueNode() instanceof MappingNode mapping) {
          sections.putIfAbsent(key(section), section);
          entries
              .computeIfAbsent(key(section), key -> new ArrayList<>())
              .addAll(mapping.getValue());
        }
      }
    }
    sections.forEach(
        (key, section) -> {
          MappingNode mapping = (MappingNode) section.getValueNode();
          mapping.setFlowStyle(DumperOptions.FlowStyle.BLOCK);
          mapping.setValue(entries.getOrDefault(key, List.of()));
        });
    MappingNode merged = documents.get(0);
    merged.setFlowStyle(DumperOptions.FlowStyle.BLOCK);
    merged.setValue(List.copyOf(sections.values()));
    return serialize(merged);
  }

  /** Empty for a file of comments. */
  private static Optional<MappingNode> document(String text) {
    return yaml().compose(new StringReader(text)) instanceof MappingNode mapping
        ? Optional.of(mapping)
        : Optional.empty();
  }

  static MappingNode compose(String text) {
    return document(text)
        .orElseThrow(() -> new IllegalArgumentException("a configuration is a mapping"));
  }

  static String serialize(MappingNode document) {
    StringWriter text = new StringWriter();
    yaml().serialize(document, text);
    return text.toString();
  }

  static Optional<MappingNode> section(MappingNode top, String name) {
    return top.getValue().stream()
        .filter(entry -> key(entry).equals(name))
        .map(NodeTuple::getValueNode)
        .filter(MappingNode.class::isInstance)
        .map(MappingNode.class::cast)
        .findFirst();
  }

  static String key(NodeTuple entry) {
    Node key = entry.getKeyNode();
    return key instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static Yaml yaml() {
    LoaderOptions loading = new LoaderOptions();
    loading.setCodePointLimit(Integer.MAX_VALUE);
    DumperOptions dumping = new DumperOptions();
    dumping.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    dumping.setSplitLines(false);
    return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading);
  }
}
