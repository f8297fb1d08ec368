package dev.imfexporter.config;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * What a configuration says of one host, for people outside: the host, its module, and its account
 * with every value masked.
 */
final class ShownHost {
  static final String MASK = "***";

  private ShownHost() {}

  /**
   * @param shown a good configuration, as YAML
   */
  static String of(String shown, HostConfig host) {
    LoaderOptions loading = new LoaderOptions();
    loading.setCodePointLimit(Integer.MAX_VALUE);
    DumperOptions dumping = new DumperOptions();
    dumping.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    dumping.setSplitLines(false);
    Yaml yaml = new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading);
    Node document = yaml.compose(new StringReader(shown));
    if (!(document instanceof MappingNode top)) {
      throw new IllegalArgumentException("a configuration is a mapping");
    }
    only(section(top, "hosts"), Set.of(host.name()));
    only(section(top, "modules"), host.moduleName().map(Set::of).orElse(Set.of()));
    Optional<MappingNode> auths = section(top, "auths");
    only(auths, host.smb().map(smb -> Set.of(smb.auth().name())).orElse(Set.of()));
    auths.ifPresent(it -> it.setValue(it.getValue().stream().map(ShownHost::masked).toList()));
    top.setValue(top.getValue().stream().filter(entry -> !isEmpty(entry.getValueNode())).toList());
    StringWriter text = new StringWriter();
    yaml.serialize(top, text);
    return text.toString();
  }

  private static Optional<MappingNode> section(MappingNode top, String name) {
    return top.getValue().stream()
        .filter(entry -> key(entry).equals(name))
        .map(NodeTuple::getValueNode)
        .filter(MappingNode.class::isInstance)
        .map(MappingNode.class::cast)
        .findFirst();
  }

  private static void only(Optional<MappingNode> section, Set<String> names) {
    section.ifPresent(
        it ->
            it.setValue(
                it.getValue().stream().filter(entry -> names.contains(key(entry))).toList()));
  }

  private static NodeTuple masked(NodeTuple entry) {
    Node value = entry.getValueNode();
    if (value instanceof MappingNode mapping) {
      List<NodeTuple> inner = mapping.getValue().stream().map(ShownHost::masked).toList();
      mapping.setValue(inner);
      return entry;
    }
    return new NodeTuple(
        entry.getKeyNode(),
        new ScalarNode(Tag.STR, MASK, null, null, DumperOptions.ScalarStyle.SINGLE_QUOTED));
  }

  private static boolean isEmpty(Node section) {
    return section instanceof MappingNode mapping && mapping.getValue().isEmpty();
  }

  private static String key(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
  }
}
