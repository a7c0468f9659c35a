//! How people are related (`core/v1/code/RelationshipTypeEnum` of the vocabulary).

use crate::open_enum;

open_enum! {
    /// How a person is related to another (`RelationshipEnum`: `RoleCode` of HL7 v3 and two local codes). Where the
    /// vocabulary spells a code in two ways, HL7's is written and both are read.
    pub enum Relationship {
        /// The person itself.
        Own = "SELF" / "Self",
        /// Primary Spouse.
        PrimarySpouse = "PRIMSPOUS" / "Primary Spouse",
        /// Family member.
        FamilyMember = "FAMMEMB" / "family member",
        /// Child.
        Child = "CHILD" / "child",
        /// Adopted child.
        AdoptedChild = "CHLDADOPT" / "adopted child" ["CHILDADOPT"],
        /// Adopted daughter.
        AdoptedDaughter = "DAUADOPT" / "adopted daughter",
        /// Adopted son.
        AdoptedSon = "SONADOPT" / "adopted son",
        /// Foster child.
        FosterChild = "CHLDFOST" / "foster child" ["CHILDFOST"],
        /// Foster daughter.
        FosterDaughter = "DAUFOST" / "foster daughter",
        /// Foster son.
        FosterSon = "SONFOST" / "foster son",
        /// Daughter.
        Daughter = "DAUC" / "daughter",
        /// Natural daughter.
        NaturalDaughter = "DAU" / "natural daughter",
        /// Stepdaughter.
        Stepdaughter = "STPDAU" / "stepdaughter",
        /// Natural child.
        NaturalChild = "NCHILD" / "natural child",
        /// Natural son.
        NaturalSon = "SON" / "natural son",
        /// Son.
        Son = "SONC" / "son",
        /// Stepson.
        Stepson = "STPSON" / "stepson",
        /// Step child.
        Stepchild = "STPCHILD" / "step child" ["stepchild"],
        /// Extended family member.
        ExtendedFamilyMember = "EXT" / "extended family member",
        /// Aunt.
        Aunt = "AUNT" / "aunt",
        /// Maternal aunt.
        MaternalAunt = "MAUNT" / "maternal aunt",
        /// Paternal aunt.
        PaternalAunt = "PAUNT" / "paternal aunt",
        /// Cousin.
        Cousin = "COUSN" / "cousin",
        /// Maternal cousin.
        MaternalCousin = "MCOUSN" / "maternal cousin",
        /// Paternal cousin.
        PaternalCousin = "PCOUSN" / "paternal cousin",
        /// Great grandparent.
        GreatGrandparent = "GGRPRN" / "great grandparent",
        /// Great grandfather.
        GreatGrandfather = "GGRFTH" / "great grandfather",
        /// Maternal great-grandfather.
        MaternalGreatGrandfather = "MGGRFTH" / "maternal great-grandfather",
        /// Paternal great-grandfather.
        PaternalGreatGrandfather = "PGGRFTH" / "paternal great-grandfather",
        /// Great grandmother.
        GreatGrandmother = "GGRMTH" / "great grandmother",
        /// Maternal great-grandmother.
        MaternalGreatGrandmother = "MGGRMTH" / "maternal great-grandmother" ["MGGRNTH"],
        /// Paternal great-grandmother.
        PaternalGreatGrandmother = "PGGRMTH" / "paternal great-grandmother",
        /// Maternal great-grandparent.
        MaternalGreatGrandparent = "MGGRPRN" / "maternal great-grandparent",
        /// Paternal great-grandparent.
        PaternalGreatGrandparent = "PGGRPRN" / "paternal great-grandparent",
        /// Grandchild.
        Grandchild = "GRNDCHILD" / "grandchild",
        /// Granddaughter.
        Granddaughter = "GRNDDAU" / "granddaughter",
        /// Grandson.
        Grandson = "GRNDSON" / "grandson" ["GRANDSON"],
        /// Grandparent.
        Grandparent = "GRPRN" / "grandparent",
        /// Grandfather.
        Grandfather = "GRFTH" / "grandfather",
        /// Maternal grandfather.
        MaternalGrandfather = "MGRFTH" / "maternal grandfather",
        /// Paternal grandfather.
        PaternalGrandfather = "PGRFTH" / "paternal grandfather",
        /// Grandmother.
        Grandmother = "GRMTH" / "grandmother",
        /// Paternal grandmother.
        PaternalGrandmother = "PGRMTH" / "paternal grandmother",
        /// Maternal grandmother.
        MaternalGrandmother = "MGRMTH" / "maternal grandmother",
        /// Paternal grandparent.
        PaternalGrandparent = "PGRPRN" / "paternal grandparent",
        /// Maternal grandparent.
        MaternalGrandparent = "MGRPRN" / "maternal grandparent",
        /// Inlaw.
        InLaw = "INLAW" / "inlaw" ["in-law"],
        /// Child-in-law.
        ChildInLaw = "CHLDINLAW" / "child-in-law",
        /// Daughter in-law.
        DaughterInLaw = "DAUINLAW" / "daughter in-law" ["daughter-in-law"],
        /// Son in-law.
        SonInLaw = "SONINLAW" / "son in-law" ["son-in-law"],
        /// Parent in-law.
        ParentInLaw = "PRNINLAW" / "parent in-law" ["parent-in-law"],
        /// Father-in-law.
        FatherInLaw = "FTHINLAW" / "father-in-law",
        /// Mother-in-law.
        MotherInLaw = "MTHINLAW" / "mother-in-law",
        /// Sibling in-law.
        SiblingInLaw = "SIBINLAW" / "sibling in-law" ["sibling-in-law"],
        /// Brother in-law.
        BrotherInLaw = "BROINLAW" / "brother in-law" ["brother-in-law"],
        /// Sister in-law.
        SisterInLaw = "SISINLAW" / "sister in-law" ["sister-in-law"],
        /// Niece/nephew.
        NieceOrNephew = "NIENEPH" / "niece/nephew",
        /// Nephew.
        Nephew = "NEPHEW" / "nephew",
        /// Niece.
        Niece = "NEICE" / "neice" ["NIECE"],
        /// Uncle.
        Uncle = "UNCLE" / "uncle",
        /// Paternal uncle.
        PaternalUncle = "PUNCLE" / "parental uncle" ["paternal uncle"],
        /// Maternal uncle.
        MaternalUncle = "MUNCLE" / "maternal uncle",
        /// Parent.
        Parent = "PRN" / "parent",
        /// Adoptive parent.
        AdoptiveParent = "ADOPTP" / "adoptive parent",
        /// Adoptive father.
        AdoptiveFather = "ADOPTF" / "adoptive father",
        /// Adoptive mother.
        AdoptiveMother = "ADOPTM" / "adoptive mother",
        /// Father.
        Father = "FTH" / "father",
        /// Foster father.
        FosterFather = "FTHFOST" / "foster father",
        /// Natural father.
        NaturalFather = "NFTH" / "natural father",
        /// Natural father of fetus.
        NaturalFatherOfFetus = "NFTHF" / "natural father of fetus",
        /// Stepfather.
        Stepfather = "STPFTH" / "stepfather",
        /// Mother.
        Mother = "MTH" / "mother",
        /// Gestational mother.
        GestationalMother = "GESTM" / "gestational mother",
        /// Foster mother.
        FosterMother = "MTHFOST" / "foster mother" ["FOSTMTH"],
        /// Natural mother.
        NaturalMother = "NMTH" / "natural mother",
        /// Natural mother of fetus.
        NaturalMotherOfFetus = "NMTHF" / "natural mother of fetus",
        /// Stepmother.
        Stepmother = "STPMTH" / "stepmother",
        /// Natural parent.
        NaturalParent = "NPRN" / "natural parent",
        /// Foster parent.
        FosterParent = "PRNFOST" / "foster parent",
        /// Step parent.
        Stepparent = "STPPRN" / "step parent",
        /// Sibling.
        Sibling = "SIB" / "sibling",
        /// Brother.
        Brother = "BRO" / "borther" ["brother"],
        /// Half-brother.
        HalfBrother = "HBRO" / "half-brother",
        /// Natural brother.
        NaturalBrother = "NBRO" / "natural brother",
        /// Twin brother.
        TwinBrother = "TWINBRO" / "twin brother",
        /// Fraternal twin brother.
        FraternalTwinBrother = "FTWINBRO" / "faternal twin brother" ["fraternal twin brother"],
        /// Identical twin brother.
        IdenticalTwinBrother = "ITWINBRO" / "identical twin brother",
        /// Stepbrother.
        Stepbrother = "STPBRO" / "stepbrother",
        /// Half-sibling.
        HalfSibling = "HSIB" / "half-sibling",
        /// Half-sister.
        HalfSister = "HSIS" / "half-sister",
        /// Natural sibling.
        NaturalSibling = "NSIB" / "natural sibling",
        /// Natural sister.
        NaturalSister = "NSIS" / "natural sister",
        /// Twin sister.
        TwinSister = "TWINSIS" / "twin sister",
        /// Fraternal twin sister.
        FraternalTwinSister = "FTWINSIS" / "faternal twin sister" ["fraternal twin sister"],
        /// Identical twin sister.
        IdenticalTwinSister = "ITWINSIS" / "identical twin sister",
        /// Twin.
        Twin = "TWIN" / "twin",
        /// Fraternal twin.
        FraternalTwin = "FTWIN" / "faternal twin" ["fraternal twin"],
        /// Identical twin.
        IdenticalTwin = "ITWIN" / "identical twin",
        /// Sister.
        Sister = "SIS" / "sister",
        /// Step-sister.
        Stepsister = "STPSIS" / "step-sister" ["STEPSIS"],
        /// Step-sibling.
        Stepsibling = "STPSIB" / "step-sibling" ["STEPSIB"],
        /// Significant other.
        SignificantOther = "SIGOTHR" / "significant other",
        /// Domestic partner.
        DomesticPartner = "DOMPART" / "domestic partner",
        /// Former spouse.
        FormerSpouse = "FRMSPS" / "former spouse",
        /// Spouse.
        Spouse = "SPS" / "spouse",
        /// Husband.
        Husband = "HUSB" / "husband",
        /// Wife.
        Wife = "WIFE" / "wife",
    }
}
