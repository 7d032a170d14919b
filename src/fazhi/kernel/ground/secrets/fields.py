"""Fields that hold secrets: the column has ciphertext only, and what is read from it shows itself masked.

::

    identity = SecretField("证件号码", mask=Mask.IDENTITY)
    identity_hash = SecretHash("identity")
"""

from __future__ import annotations

from typing import Any

from django.db import models

from fazhi.kernel.ground.secrets import ciphers
from fazhi.kernel.ground.secrets.masks import Mask, masked


class Secret:
    """This secret of a record. ``str()`` is masked; :meth:`reveal` is for those whose act says so, and is logged there."""

    __slots__ = ("_ciphertext", "_mask", "_place", "_plain")

    def __init__(self, ciphertext: bytes, place: str, mask: Mask, plain: str | None = None) -> None:
        self._ciphertext, self._place, self._mask, self._plain = ciphertext, place, mask, plain

    def reveal(self) -> str:
        """This secret in the clear."""
        if self._plain is None:
            self._plain = ciphers.decrypt(self._ciphertext, self._place)
        return self._plain

    @property
    def ciphertext(self) -> bytes:
        """This secret as it is stored."""
        return self._ciphertext

    def __str__(self) -> str:
        return masked(self.reveal(), self._mask)

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Secret):
            return self._ciphertext == other._ciphertext or self.reveal() == other.reveal()
        return isinstance(other, str) and self.reveal() == other

    def __hash__(self) -> int:
        return hash(self.reveal())

    def __bool__(self) -> bool:
        return True


class SecretField(models.BinaryField):  # type: ignore[type-arg]
    """This text, encrypted at rest. Assign plain text; reading gives a :class:`Secret` or None."""

    description = "加密文本"

    def __init__(self, *args: Any, mask: Mask = Mask.ALL, **kwargs: Any) -> None:
        self.mask = mask
        kwargs.setdefault("editable", True)
        super().__init__(*args, **{**kwargs, "null": True, "blank": True})

    def deconstruct(self) -> Any:
        """Leaves the mask out: it changes what is shown, not what is stored."""
        return super().deconstruct()

    @property
    def place(self) -> str:
        """What ciphertexts of this column are bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Secret | None:
        """Wraps the stored ciphertext; nothing is decrypted yet."""
        return None if value is None else Secret(bytes(value), self.place, self.mask)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Takes text or a secret; an empty text is none."""
        if value is None or isinstance(value, Secret):
            return value
        text = str(value).strip()
        return text or None

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Encrypts text; a secret read before is written as it was."""
        if value is None or value == "":
            return None
        if isinstance(value, Secret):
            return value.ciphertext
        if isinstance(value, bytes | memoryview):
            return value
        return ciphers.encrypt(str(value), self.place)

    def value_to_string(self, obj: models.Model) -> str:
        """Refuses: a secret never leaves by way of a serializer."""
        raise TypeError("secrets are not serialized")

    @staticmethod
    def hash_of(text: str) -> bytes:
        """This keyed hash by which equal secrets are found."""
        return ciphers.search_hash(text)


class SecretHash(models.BinaryField):  # type: ignore[type-arg]
    """This keyed hash of the :class:`SecretField` named ``of``, kept beside it for exact search; set by saving."""

    description = "加密文本的检索摘要"

    def __init__(self, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(**{**kwargs, "null": True, "editable": False})

    def deconstruct(self) -> Any:
        """Adds which field it belongs to."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        kwargs.pop("null", None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        """Computes the hash from the secret beside it."""
        value = getattr(model_instance, self.of)
        if value is None or value == "":
            digest = None
        else:
            digest = ciphers.search_hash(value.reveal() if isinstance(value, Secret) else str(value))
        setattr(model_instance, self.attname, digest)
        return digest
