package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.output.StringOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTextTest {

    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "'two\nlines', 'two\nlines'",
        "'\u001b[31mred\u0007', ␛[31mred␇",
        "'a\u007fb\u0085', a␡b⟨U+0085⟩",
        "invoice\u202egnp.exe, invoice⟨U+202E⟩gnp.exe",
        "'a\u2066b\u2069', a⟨U+2066⟩b⟨U+2069⟩",
        "'a\u200bb\ufeff', a⟨U+200B⟩b⟨U+FEFF⟩",
        "'a\u2028b', a⟨U+2028⟩b",
        "Grüße 中文 שלום, Grüße 中文 שלום",
        "👩\u200d🚒, 👩\u200d🚒",
        "'\udb40\udc41', ⟨U+E0041⟩"
    })
    void whatIsNotSeenIsShownAsASign(String text, String shown) {
        assertThat(VisibleText.of(text)).isEqualTo(shown);
    }

    @Test
    void inAFieldOnlyWhatHtmlCannotHoldIsASign() {
        StringOutput html = new StringOutput();
        PageOutput out = new PageOutput(html);
        out.setContext("input", "value");
        out.writeUserContent("\u202e\"\u001b");
        out.setContext("td", null);
        out.writeUserContent("<\u202e>");
        assertThat(html.toString()).isEqualTo("\u202e&#34;␛&lt;⟨U+202E⟩&gt;");
    }
}
