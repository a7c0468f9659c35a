//! Languages of messages (`locale`): ISO 639-3 on the wire.

use crate::wire::{Json, ReadError, Reading, Rule, Wire};

/// A three-letter language code (ISO 639-3), e.g. `eng`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(Box<str>);

impl Locale {
    /// English.
    pub fn english() -> Self {
        Self("eng".into())
    }

    /// A code of three small letters.
    pub fn new(code: &str) -> Option<Self> {
        (code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| Self(code.into()))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The two-letter code (ISO 639-1), for systems that write those.
    pub fn two_letters(&self) -> Option<&'static str> {
        let pair = TWO_LETTERS.split_whitespace().find(|pair| pair.ends_with(&*self.0))?;
        pair.get(..2)
    }

    /// The code for what the field sends instead: `en`, `EN/GB`, `pt-BR`, `ENG`.
    fn from_spelling(text: &str) -> Option<Self> {
        let language = text.split(['/', '-', '_']).next()?.trim().to_ascii_lowercase();
        if language.len() == 3 {
            return Self::new(&language);
        }
        let pair = TWO_LETTERS.split_whitespace().find(|pair| pair.starts_with(&language) && language.len() == 2)?;
        Self::new(pair.get(3..)?)
    }
}

/// ISO 639-1 to ISO 639-3, for the languages of the systems in the field.
const TWO_LETTERS: &str = "am=amh ar=ara az=aze bg=bul bn=ben bs=bos cs=ces de=deu dz=dzo el=ell en=eng es=spa et=est \
    fa=fas fi=fin fj=fij fr=fra ha=hau hi=hin hr=hrv ht=hat hu=hun hy=hye id=ind ig=ibo it=ita ja=jpn ka=kat kk=kaz \
    km=khm kn=kan ko=kor ku=kur ky=kir lo=lao lt=lit lv=lav mg=mlg mk=mkd ml=mal mn=mon mr=mar ms=msa my=mya ne=nep \
    nl=nld no=nor ny=nya om=orm pa=pan pl=pol ps=pus pt=por qu=que ro=ron ru=rus rw=kin si=sin sk=slk sl=slv sm=smo \
    sn=sna so=som sq=sqi sr=srp st=sot sv=swe sw=swa ta=tam te=tel tg=tgk th=tha ti=tir tk=tuk tl=tgl to=ton tr=tur \
    uk=ukr ur=urd uz=uzb vi=vie wo=wol xh=xho yo=yor zh=zho zu=zul";

impl std::fmt::Display for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Wire for Locale {
    const EXPECTED: &'static str = "a language (three letters, ISO 639-3)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        let text = value.as_str().ok_or_else(|| reading.wrong_kind::<Self>(value))?;
        if let Some(locale) = Self::new(text) {
            return Ok(locale);
        }
        let locale = Self::from_spelling(text)
            .ok_or_else(|| reading.invalid("must be three small letters (ISO 639-3), e.g. eng"))?;
        reading.forgive(Rule::LocaleForm, value)?;
        Ok(locale)
    }

    fn write(&self) -> Json {
        Json::from(&*self.0)
    }
}

crate::wire_serde!(Locale);
crate::wire_text_schema!(Locale, "pattern", &["^[a-z]{3,3}$"]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Leniency, read};

    #[test]
    fn the_spellings_of_the_examples_are_read() {
        for text in ["en", "EN/GB", "en-US", "ENG", "eng"] {
            assert_eq!(read::<Locale>(&Json::from(text), Leniency::Content).unwrap().0, Locale::english(), "{text}");
        }
        assert!(read::<Locale>(&Json::from("english"), Leniency::Content).is_err());
        assert!(read::<Locale>(&Json::from("e"), Leniency::Content).is_err());
    }
}
