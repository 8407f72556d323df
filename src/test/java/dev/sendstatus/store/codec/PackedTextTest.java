package dev.sendstatus.store.codec;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedTextTest {

    @ParameterizedTest
    @CsvSource({
        "40316f6a-41b2-4c5c-9d5e-2b9f6c1d7e8f, 17",
        "40316F6A-41b2-4c5c-9d5e-2b9f6c1d7e8f, 38",
        "SM0123456789abcdef0123456789abcdef, 19",
        "SM0123456789ABCDEF0123456789abcdef, 36",
        "+12025550143, 6",
        "30007, 4",
        "007, 4",
        "+007, 5",
        "0, 2",
        "1234567890123456789012, 23",
        "1589228074636lm4k2je7j7jklbn2, 30",
        "+, 2",
        "AT&T, 5",
        "ä, 3"
    })
    void knownFormsAreShortAndComeBackExactly(String text, int bytes) throws Damaged {
        ByteWriter out = new ByteWriter(8);
        PackedText.write(out, text);
        assertThat(out.length()).isEqualTo(bytes);
        assertThat(PackedText.read(new ByteReader(out.toBytes()))).isEqualTo(text);
    }

    @Property
    void everyTextComesBackExactly(@ForAll("texts") String text) throws Damaged {
        ByteWriter out = new ByteWriter(1);
        PackedText.write(out, text);
        ByteReader in = new ByteReader(out.toBytes());
        assertThat(PackedText.read(in)).isEqualTo(text);
        assertThat(in.atEnd()).isTrue();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("0123456789abcdefABCDEF-+").ofMaxLength(40),
                Arbitraries.strings().numeric().ofMaxLength(22).map(digits -> "+" + digits),
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(32).map(hex -> "SM" + hex),
                Arbitraries.strings().withCharRange('a', '\uD7FF').ofMaxLength(12));
    }
}
