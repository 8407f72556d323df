package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gg.jte.CodeResolver;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateException;
import gg.jte.html.OwaspHtmlPolicy;
import gg.jte.html.policy.PolicyGroup;
import gg.jte.html.policy.PreventInlineEventHandlers;
import gg.jte.resolve.DirectoryCodeResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates against the policies of jte that they are made with, and against the one that forbids handlers in attributes. */
class TemplatePolicyTest {
    @TempDir
    private Path folder;

    private TemplateEngine engine(Path templates) {
        PolicyGroup policy = new PolicyGroup();
        policy.addPolicy(new OwaspHtmlPolicy());
        policy.addPolicy(new PreventInlineEventHandlers());
        CodeResolver code = new DirectoryCodeResolver(templates);
        TemplateEngine engine = TemplateEngine.create(code, folder.resolve("made"), ContentType.Html);
        engine.setHtmlPolicy(policy);
        return engine;
    }

    @Test
    void noTemplateHasAHandlerInIt() {
        assertThat(engine(Path.of("src/main/jte")).generateAll()).hasSizeGreaterThan(40);
    }

    @Test
    void aHandlerIsRefused() throws Exception {
        Files.writeString(folder.resolve("page.jte"), "<p onclick=\"alert(1)\">Hello</p>");
        assertThatThrownBy(() -> engine(folder).generateAll())
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("onclick");
    }
}
