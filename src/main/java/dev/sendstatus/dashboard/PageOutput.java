package dev.sendstatus.dashboard;

import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Escapes the texts of the templates, once for all pages, and shows invisible characters as signs. */
final class PageOutput extends OwaspHtmlTemplateOutput {
    /** Read by the browser or the server; what turns the order of letters around must come back from a form as it was. */
    private static final Set<String> AS_IT_IS = Set.of("value", "href", "action", "datetime", "data-copy");

    private boolean asItIs;

    PageOutput(TemplateOutput out) {
        super(out);
    }

    @Override
    public void setContext(@Nullable String tag, @Nullable String attribute) {
        super.setContext(tag, attribute);
        asItIs = attribute != null && AS_IT_IS.contains(attribute);
    }

    @Override
    public void writeUserContent(@Nullable String text) {
        super.writeUserContent(text == null ? null : asItIs ? VisibleText.ofControls(text) : VisibleText.of(text));
    }
}
