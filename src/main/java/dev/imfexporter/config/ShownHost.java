package dev.imfexporter.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

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
    MappingNode top = ShownConfig.compose(shown);
    only(ShownConfig.section(top, "hosts"), Set.of(host.name()));
    only(ShownConfig.section(top, "modules"), host.moduleName().map(Set::of).orElse(Set.of()));
    Optional<MappingNode> auths = ShownConfig.section(top, "auths");
    only(auths, host.smb().map(smb -> Set.of(smb.auth().name())).orElse(Set.of()));
    auths.ifPresent(it -> it.setValue(it.getValue().stream().map(ShownHost::masked).toList()));
    top.setValue(top.getValue().stream().filter(entry -> !isEmpty(entry.getValueNode())).toList());
    return ShownConfig.serialize(top);
  }

  private static void only(Optional<MappingNode> section, Set<String> names) {
    section.ifPresent(
        it ->
            it.setValue(
                it.getValue().stream()
                    .filter(entry -> names.contains(ShownConfig.key(entry)))
                    .toList()));
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
}
