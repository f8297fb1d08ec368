package dev.imfexporter.page;

import dev.imfexporter.text.Documents;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;

/** The text of a runbook as HTML: its title, its first section, and the others. */
final class RunbookText {
  /** Where the files that the runbooks link stand, for people who can reach it. */
  static final URI SITE = URI.create(Documents.at("runbooks/"));

  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder()
          .extensions(TABLES)
          .escapeHtml(true)
          .attributeProviderFactory(context -> attributes())
          .build();

  /** A runbook that another one links. */
  private static final Pattern SIBLING = Pattern.compile("(\\w+)\\.md(#.*)?");

  private final String title;
  private final String first;
  private final String others;

  /**
   * @param kept makes of the address of another runbook one that keeps the host and the view
   */
  RunbookText(String markdown, RunbookNames names, UnaryOperator<String> kept) {
    Node whole = parse(markdown);
    whole.accept(new Filling(names, kept));
    Node heading = whole.getFirstChild();
    title = words(heading);
    heading.unlink();
    Node begin = new Document();
    Node node = whole.getFirstChild();
    while (node != null && (begin.getFirstChild() == null || !(node instanceof Heading))) {
      Node next = node.getNext();
      begin.appendChild(node);
      node = next;
    }
    first = HTML.render(begin);
    others = HTML.render(whole);
  }

  static Node parse(String markdown) {
    return PARSER.parse(markdown);
  }

  String title() {
    return title;
  }

  /** From the title to the second heading. */
  String first() {
    return first;
  }

  String others() {
    return others;
  }

  /** Fills in names and turns the links of files into those of pages. */
  private static final class Filling extends AbstractVisitor {
    private final RunbookNames names;
    private final UnaryOperator<String> kept;

    Filling(RunbookNames names, UnaryOperator<String> kept) {
      this.names = names;
      this.kept = kept;
    }

    @Override
    public void visit(Code code) {
      code.setLiteral(names.fill(code.getLiteral()));
    }

    @Override
    public void visit(FencedCodeBlock block) {
      block.setLiteral(names.fill(block.getLiteral()));
    }

    @Override
    public void visit(Link link) {
      link.setDestination(page(link.getDestination()));
      visitChildren(link);
    }

    private String page(String destination) {
      Matcher sibling = SIBLING.matcher(destination);
      if (!sibling.matches()) {
        return SITE.resolve(destination).toString();
      }
      String name = sibling.group(1);
      return kept.apply(name.equals("README") ? "/runbooks" : "/runbooks/" + name);
    }
  }

  /** Of a heading, which has no markup. */
  private static String words(Node heading) {
    return heading.getFirstChild() instanceof Text text ? text.getLiteral() : "";
  }

  /** The same as on GitHub. */
  static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
  }

  /** Headings can be linked, and tables are as {@link PageParts#table} makes them. */
  private static AttributeProvider attributes() {
    return (node, tag, attributes) -> {
      if (node instanceof Heading heading) {
        attributes.put("id", anchor(words(heading)));
      } else if (node instanceof TableBlock) {
        attributes.put("role", "table");
      } else if (node instanceof TableHead || node instanceof TableBody) {
        attributes.put("role", "rowgroup");
      } else if (node instanceof TableRow) {
        attributes.put("role", "row");
      } else if (node instanceof TableCell cell) {
        attributes.putAll(cell(cell));
      }
    };
  }

  private static Map<String, String> cell(TableCell cell) {
    if (cell.isHeader()) {
      return Map.of("role", "columnheader", "scope", "col");
    }
    int column = 0;
    for (Node before = cell.getPrevious(); before != null; before = before.getPrevious()) {
      column++;
    }
    Map<String, String> attributes = new HashMap<>(Map.of("role", "cell"));
    List<String> headings = headings(cell);
    if (column < headings.size()) {
      attributes.put("data-label", headings.get(column));
    }
    return attributes;
  }

  private static List<String> headings(TableCell cell) {
    Node table = cell;
    while (!(table instanceof TableBlock)) {
      table = table.getParent();
    }
    List<String> headings = new ArrayList<>();
    Node heading = table.getFirstChild().getFirstChild().getFirstChild();
    for (; heading != null; heading = heading.getNext()) {
      headings.add(words(heading));
    }
    return headings;
  }
}
