package dev.sendstatus.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretTest {

    @Test
    void theExampleOfTheStandardIsSignedAsThere() {
        SigningSecret secret = SigningSecret.read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(secret.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}".getBytes()))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(secret.isShort()).isFalse();
    }

    @Test
    void aMadeOneIsNewEachTimeAndCanBeRead() {
        String made = SigningSecret.make();
        assertThat(made).startsWith("whsec_").hasSize(50).isNotEqualTo(SigningSecret.make());
        assertThat(SigningSecret.read(made).isShort()).isFalse();
        assertThat(SigningSecret.read("whsec_c2hvcnQ=").isShort()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "", "whsec_not base64", "hunter2!"})
    void whatIsNoneIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> SigningSecret.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("secret")
                .message()
                .doesNotContain("hunter2", "not base64");
    }

    @Test
    void itsTextFormHidesIt() {
        String made = SigningSecret.make();
        assertThat(SigningSecret.read(made).toString()).doesNotContain(made.substring(6));
    }
}
