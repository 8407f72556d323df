package dev.sendstatus.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CursorTest {

    @Property(tries = 200)
    void aPositionComesBack(@ForAll @LongRange(min = 1) long position) throws WrongParameter {
        assertThat(Cursor.read(Cursor.write(position))).isEqualTo(position);
    }

    @Property(tries = 200)
    void aCursorWithOneOtherCharacterIsNone(
            @ForAll @LongRange(min = 1) long position, @ForAll @IntRange(max = 17) int at, @ForAll char other) {
        StringBuilder text = new StringBuilder(Cursor.write(position));
        if (text.charAt(at) != other) {
            text.setCharAt(at, other);
            assertThatThrownBy(() -> Cursor.read(text.toString()))
                    .isInstanceOf(WrongParameter.class)
                    .hasMessageContaining("next_cursor");
        }
    }

    @Property(tries = 200)
    void anyOtherTextIsNone(@ForAll String text) {
        assertThatThrownBy(() -> Cursor.read(text)).isInstanceOf(WrongParameter.class);
    }
}
