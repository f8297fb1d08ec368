package dev.imfexporter.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void hasEveryGroupAndEveryMetricThatAClassOfThisRoomDeclares() throws IllegalAccessException {
    List<MetricSpec> specs =
        Catalogue.groups().stream().flatMap(group -> group.specs().stream()).toList();

    assertThat(declared(MetricGroup.class)).containsExactlyInAnyOrderElementsOf(Catalogue.groups());
    assertThat(specs).containsAll(declared(MetricSpec.class));
    assertThat(specs.stream().map(MetricSpec::name)).doesNotHaveDuplicates();
  }

  /** The values of the static fields of a type. */
  private static <T> List<T> declared(Class<T> type) throws IllegalAccessException {
    Stream.Builder<T> values = Stream.builder();
    for (var owner : new ClassFileImporter().importPackages("dev.imfexporter.metric")) {
      for (JavaField field : owner.getFields()) {
        if (field.getRawType().isEquivalentTo(type)
            && field
                .getModifiers()
                .contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC)) {
          values.add(type.cast(field.reflect().get(null)));
        }
      }
    }
    return values.build().toList();
  }
}
