import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fazhi.kernel.ground.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("matters", "0002_tally_trigger"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=fazhi.kernel.ground.core.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="顺序")),
                ("title", models.CharField(max_length=120, verbose_name="材料名称")),
                ("name", models.CharField(max_length=160, verbose_name="文件名")),
                ("media", models.CharField(max_length=100, verbose_name="类型")),
                ("size", models.PositiveIntegerField(verbose_name="大小（字节）")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("pages", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="页数")),
                (
                    "secrecy",
                    models.CharField(
                        choices=[("open", "公开"), ("internal", "内部"), ("work_secret", "工作秘密")],
                        default="internal",
                        max_length=20,
                        verbose_name="密级",
                    ),
                ),
                ("added_on", models.DateField(verbose_name="入卷日期")),
                ("added_at", models.DateTimeField(verbose_name="登记时间")),
                ("removed_for", models.CharField(blank=True, max_length=200, verbose_name="撤出原因")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="入卷人",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "材料",
                "verbose_name_plural": "材料",
                "indexes": [models.Index(fields=["matter", "position"], name="files_of_matter")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_for", "")),
                        fields=("jurisdiction", "matter", "digest"),
                        name="files_once",
                    )
                ],
            },
        ),
    ]
