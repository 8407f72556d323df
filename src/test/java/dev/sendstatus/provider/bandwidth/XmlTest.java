package dev.sendstatus.provider.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.provider.WebhookApi.ApiFailed;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

final class XmlTest {
    @Test
    void theTextAtTheEndOfAPathIsRead() throws ApiFailed {
        Element root = read("<a><b><c> one </c><c><![CDATA[<two>]]>&amp;</c></b><d/></a>");
        assertThat(Xml.text(root, "b", "c")).isEqualTo(" one ");
        assertThat(Xml.text(Xml.children(root, "b").get(0))).isEqualTo(" one <two>&");
        assertThat(Xml.text(root, "d")).isEmpty();
        assertThat(Xml.text(root, "b", "nothing", "there")).isEmpty();
    }

    static Stream<String> refused() {
        String entities = "<!DOCTYPE a [<!ENTITY b \"hush\"><!ENTITY c \"&b;&b;&b;&b;\">]>";
        return Stream.of(
                "",
                "hush",
                "{\"hush\":1}",
                "<a><b>hush</a>",
                "<a>hush",
                entities + "<a>&c;</a>",
                "<!DOCTYPE a SYSTEM \"file:///hush\"><a/>",
                "<a>&hush;</a>",
                "<a>".repeat(100_000) + "hush" + "</a>".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aDocumentThatIsNoPlainXmlIsRefusedWithoutAWordOfIt(String document) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(ApiFailed.class)
                .hasMessageContaining("api.example.com")
                .hasMessageNotContaining("hush");
    }

    private static Element read(String document) throws ApiFailed {
        return Xml.read(document.getBytes(StandardCharsets.UTF_8), "api.example.com");
    }
}
