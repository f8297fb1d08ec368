package dev.imfexporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What every page owes to browsers, to people who cannot see it, and to its security policy. */
public final class PageStructure {
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
  private static final Pattern HEADING = Pattern.compile("<h([1-6])[ >]");
  private static final Pattern LINK = Pattern.compile(" href=\"([^\"]*)\"");

  private PageStructure() {}

  static void assertSound(String page) {
    assertThat(all(ID, page)).doesNotHaveDuplicates();
    assertThat(page.replaceFirst("<style>[^<]*</style>", ""))
        .doesNotContain("<script", " style=", "<style", "javascript:")
        .doesNotContainPattern("<[^>]* on[a-z]+=");
    assertThat(page)
        .containsOnlyOnce("<main>")
        .containsOnlyOnce("<header>")
        .containsOnlyOnce("<footer>")
        .containsOnlyOnce("<h1>")
        .contains("<html lang=\"en\">");
    int level = 0;
    for (String heading : all(HEADING, page)) {
      int next = Integer.parseInt(heading);
      assertThat(next).as("a heading below h" + level).isLessThanOrEqualTo(level + 1);
      level = next;
    }
    for (String id : all(Pattern.compile("url\\(#([^)]*)\\)"), PageStyle.sheet())) {
      assertThat(!page.contains("<svg class=\"timeline\"") || page.contains(" id=\"" + id + "\""))
          .as(id)
          .isTrue();
    }
  }

  /** The addresses that a page links to. */
  public static List<String> links(String page) {
    return all(LINK, page).stream().map(link -> link.replace("&amp;", "&")).toList();
  }

  private static List<String> all(Pattern pattern, String page) {
    return pattern.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
  }
}
